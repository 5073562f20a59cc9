import Domain
import ModemLink
import Store
import Tokens

/// What staff decide about payments: those that are held, those that nobody said the device of, those that went wrong.
package struct PaymentOperations: Sendable {
    /// Why an order cannot be carried out.
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noPayment(PaymentID)
        case noDevice(String)
        case wrongState(PaymentID, PaymentState, wanted: String, hint: String?)
        case cannotServe(PaymentID, String)
        case sameDevice(PaymentID, Serial)
        case tokenWasSent(PaymentID)
        case onTheWire(PaymentID)
        case noRequest(PaymentID)
        case noToken(PaymentID)
        case nobodyToSendTo(PaymentID)
        case badToken
        case tokenOfAnother(PaymentID?)

        package var description: String {
            switch self {
            case .noPayment(let id): "there is no payment \(id)"
            case .noDevice(let serial): "there is no device \(serial)"
            case .wrongState(let id, let state, let wanted, let hint):
                "payment \(id) is \(state.rawValue), and not \(wanted)" + (hint.map { "; \($0)" } ?? "")
            case .cannotServe(let id, let reason): "payment \(id) cannot be used yet: \(reason)"
            case .sameDevice(let id, let serial): "payment \(id) was used for device \(serial.text) already"
            case .tokenWasSent(let id):
                "the token of payment \(id) was sent, and may be in its meter; with 'charge' its owner owes what it is worth"
            case .onTheWire(let id):
                "the token of payment \(id) is being asked for at this moment; try again in a minute"
            case .noToken(let id): "payment \(id) has no token to send again"
            case .nobodyToSendTo(let id): "neither the payer of payment \(id) nor its device's owner has a phone"
            case .noRequest(let id): "no maker's token is stuck for payment \(id)"
            case .badToken: "this is no token of that maker: look at its digits again"
            case .tokenOfAnother(let id):
                "this token is that of \(id.map { "payment \($0)" } ?? "another act"): look at its digits again"
            }
        }
    }

    private let undo: PaymentUndo
    private let reversals: ReversalDesk
    private let tickets: TicketDesk
    private let vendorTokens: VendorTokenFlow
    private let issuer: TokenIssuer
    private let acceptance: PaymentAcceptance
    private let notifications: PaymentNotifications
    private let wallets: WalletDesk
    private let words: HoldReasonWords

    package init(_ gateway: Gateway) {
        undo = PaymentUndo(gateway)
        reversals = ReversalDesk(gateway)
        tickets = TicketDesk(gateway)
        vendorTokens = VendorTokenFlow(gateway)
        issuer = gateway.issuer
        acceptance = PaymentAcceptance(gateway)
        notifications = PaymentNotifications(gateway)
        wallets = WalletDesk(gateway)
        words = HoldReasonWords(gateway)
    }

    private func payment(_ id: PaymentID, _ step: Step) throws -> Payment {
        guard let payment = try step.payments.payment(id) else { throw Refusal.noPayment(id) }
        return payment
    }

    private func device(_ serial: Serial, _ step: Step) throws -> Device {
        guard let device = try step.registry.device(serial: serial) else { throw Refusal.noDevice(serial.text) }
        return device
    }

    // MARK: Held

    /// The payment is good: it goes on as if nothing had spoken against it, to `serial` when staff know the device.
    package func approve(_ id: PaymentID, for serial: Serial?, _ step: Step) throws {
        let payment = try payment(id, step)
        guard payment.state == .held || payment.state == .received else {
            throw Refusal.wrongState(
                id, payment.state, wanted: "held",
                hint: payment.state == .suspense ? "say which device it is for with 'assign'" : nil)
        }
        guard payment.currency == step.company.currency.code else {
            throw Refusal.cannotServe(id, "it is in \(payment.currency); reject it, and record it when it is changed")
        }
        if let serial {
            _ = try acceptance.complete(payment, device(serial, step), step)
        } else if let known = try payment.device.flatMap({ try step.registry.device($0) }) {
            _ = try acceptance.complete(payment, known, step)
        } else {
            _ = try acceptance.accept(id, step)
        }
        try expectProgress(id, from: payment.state, step)
        try step.wallets.stopWaiting(id)
        // The texts behind it need not wait for one that is lost; nobody looked at the wallet, so nothing is proved.
        if try !step.payments.hasContradiction(id) { try wallets.suppose(id, step) }
    }

    /// A device that cannot be served is no success of staff's order: nothing is changed, and they hear why.
    private func expectProgress(_ id: PaymentID, from state: PaymentState, _ step: Step) throws {
        let after = try payment(id, step)
        if after.state == state { throw Refusal.cannotServe(id, try words.english(after.reasons)) }
    }

    /// The payment is none of ours, or a forgery. `tells`: the payer hears of it.
    package func reject(
        _ id: PaymentID, reason: String, tells: Bool, _ step: Step
    ) throws {
        let payment = try payment(id, step)
        guard payment.state == .held || payment.state == .received else {
            throw Refusal.wrongState(id, payment.state, wanted: "held", hint: nil)
        }
        try step.wallets.stopWaiting(id)
        // What was rejected proves nothing of its wallet.
        if let (_, notice) = try step.walletNotices.openNotice(of: id) {
            _ = try step.walletNotices.close([notice])
        }
        try step.payments.move(id, to: .rejected, note: reason, at: step.now)
        try tickets.settle(.cannotServe(id), "the payment is rejected", step)
        try step.announce(.paymentRejected, id.number, reason)
        if tells { try notifications.rejected(payment, step) }
    }

    // MARK: Suspense

    package func assign(_ id: PaymentID, to serial: Serial, _ step: Step) throws {
        let payment = try payment(id, step)
        guard payment.state == .suspense else {
            let hint: String? =
                switch payment.state {
                case .held: "approve it first"
                case .completed, .tokenPending: "'reassign' takes its use back and uses it for another device"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "in suspense", hint: hint)
        }
        _ = try acceptance.complete(payment, device(serial, step), step)
        try expectProgress(id, from: .suspense, step)
        try step.questions.closeAll(of: id)
    }

    /// Records that the money was sent back, with the provider's reference of that.
    package func refund(_ id: PaymentID, reference: String, _ step: Step) throws {
        var payment = try payment(id, step)
        if payment.state == .held, payment.device != nil {
            // Good money for a device that cannot be served.
            try acceptance.suspend(payment, step)
            payment = try self.payment(id, step)
        }
        guard payment.state == .suspense else {
            let hint: String? =
                switch payment.state {
                case .held: "approve it first, or reject it"
                case .completed, .tokenPending: "it was used; 'reverse' takes its use back"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "in suspense", hint: hint)
        }
        try step.ledger.book(
            "payment refunded",
            [Posting(.suspense, payment.amount), Posting(.refunds, .zero - payment.amount)], payment: id, at: step.now)
        try step.payments.move(id, to: .refunded, note: reference, at: step.now)
        try tickets.settle(.cannotServe(id), "the payment is refunded", step)
        try step.questions.closeAll(of: id)
        try step.announce(.paymentRefunded, id.number, reference)
        try notifications.refunded(payment, reference: reference, step)
    }

    // MARK: Used

    /// The provider took the money back, and staff know it from elsewhere than its notice.
    package func reverse(_ id: PaymentID, reason: String, _ step: Step) throws {
        let payment = try payment(id, step)
        guard !payment.state.isOver else {
            throw Refusal.wrongState(id, payment.state, wanted: "to be reversed", hint: nil)
        }
        _ = try reversals.reverse(payment, note: reason, step)
    }

    /// The money was for another device: its use is taken back and it is used anew. A token that was sent stays what it
    /// is; `charges` makes its worth a debt of the one who has it.
    package func reassign(
        _ id: PaymentID, to serial: Serial, charges: Bool, _ step: Step
    ) throws {
        let payment = try payment(id, step)
        guard payment.state == .completed || payment.state == .tokenPending else {
            let hint: String? =
                switch payment.state {
                case .suspense: "'assign' it"
                case .held: "'approve' it with --device \(serial.text)"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "used", hint: hint)
        }
        let device = try device(serial, step)
        guard payment.device != device.id else { throw Refusal.sameDevice(id, serial) }
        if try step.vendorTokens.request(of: id)?.state == .asking { throw Refusal.onTheWire(id) }
        let remains = try undo.undo(
            payment, into: .suspense, memo: "use taken back for another device", step)
        if remains.tokenWasSent, !charges { throw Refusal.tokenWasSent(id) }
        let formerOwner = try payment.device.flatMap { try step.registry.device($0) }
        try step.payments.move(id, to: .suspense, at: step.now)
        try step.payments.noteUndone(id)
        if let formerOwner {
            try notifications.takenBack(payment, from: formerOwner, remains, step)
        }
        guard let again = try step.payments.payment(id) else { return }
        _ = try acceptance.complete(again, device, step)
        try expectProgress(id, from: .suspense, step)
    }

    /// Sends the stored token once more to those who had it, and never makes a new one.
    package func resend(_ id: PaymentID, _ step: Step) throws {
        let payment = try payment(id, step)
        guard let token = try step.tokens.token(of: id), !token.digits.isEmpty,
            let device = try step.registry.device(token.device)
        else { throw Refusal.noToken(id) }
        guard try notifications.again(token, device, payment, step) else { throw Refusal.nobodyToSendTo(id) }
    }

    // MARK: Tokens that are stuck at their maker's

    /// Asks the maker once more. Staff have looked: no token was made, or it does not matter.
    package func retry(_ id: PaymentID, _ step: Step) throws {
        var request = try stuckRequest(id, step)
        request.state = .waiting
        request.attempts = 0
        request.notBefore = step.now
        try step.vendorTokens.update(request, at: step.now)
    }

    /// Staff found the token where its maker shows it.
    /// Without a `token` the maker has charged the device from afar.
    package func settle(_ id: PaymentID, token: String?, _ step: Step) throws {
        let request = try stuckRequest(id, step)
        guard let token else {
            guard issuer.vendors[request.vendor]?.traits.chargesOverTheAir == true else {
                throw Refusal.badToken
            }
            return try vendorTokens.deliver(.overTheAir, for: request, step)
        }
        let digits = token.filter { !$0.isWhitespace && $0 != "-" }
        let requests = vendorTokens
        guard issuer.vendors[request.vendor]?.isToken(digits) ?? false else { throw Refusal.badToken }
        if let earlier = try requests.earlier(.token(digits), request, step) {
            throw Refusal.tokenOfAnother(earlier.payment)
        }
        try requests.deliver(.token(digits), for: request, step)
    }

    private func stuckRequest(_ id: PaymentID, _ step: Step) throws -> VendorTokenRecord {
        _ = try payment(id, step)
        if let request = try step.vendorTokens.stuck(of: id) { return request }
        let request = try step.vendorTokens.request(of: id)
        throw request.map { $0.state != .done } ?? false ? Refusal.onTheWire(id) : Refusal.noRequest(id)
    }
}
