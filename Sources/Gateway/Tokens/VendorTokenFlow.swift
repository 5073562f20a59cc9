import Store
import Domain
import Tokens

/// Requests tokens from vendors: claims a request, which the worker sends outside the transaction, and books the
/// result. Each part is one transaction, so after a crash a request is either not sent or in doubt, and never sent
/// twice unnoticed.
struct VendorTokenFlow: Sendable {
    /// Maximum number of attempts while the vendor reports failures; after that, staff must check.
    private static let mostFailures = 5
    /// After this many attempts, some hours, staff are alerted that a vendor cannot be reached. The attempts continue.
    private static let attemptsBeforeAlert = 12
    /// After the daemon has stopped this often during a request, it is not sent again: the answer may be the cause.
    private static let mostStops = 3
    private static let pauses: [Duration] = [.seconds(5), .seconds(15), .seconds(60), .seconds(300), .seconds(900)]

    private let tickets: TicketDesk
    private let issuer: TokenIssuer
    private let notifications: PaymentNotifications

    init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
        issuer = gateway.issuer
        notifications = PaymentNotifications(gateway)
    }

    /// Claims the next request to a vendor. `isInquiry`: the request is in doubt and the vendor is asked for its
    /// outcome.
    func claim(_ vendor: String, _ step: Step) throws -> (
        request: VendorTokenRecord, order: VendorOrder, isInquiry: Bool
    )? {
        // Nothing is sold while the clock is wrong; the request waits.
        guard try step.clock.fault(at: step.now) == nil,
            var request = try step.vendorTokens.next(of: vendor, at: step.now),
            let device = try step.registry.device(request.device)
        else { return nil }
        let isInquiry = request.state == .inquiring
        request.state = .asking
        request.attempts += 1
        try step.vendorTokens.update(request, at: step.now)
        _ = try step.workItems.begin(.tokenRequest(request.id), at: step.now)
        let order = VendorOrder(
            id: "gridpost-\(request.payment)-\(request.id)", serial: device.serial.text, worth: request.worth,
            amount: request.amount, currency: step.company.currency)
        return (request, order, isInquiry)
    }

    /// Books a vendor's answer. A payment that has been reversed meanwhile gets no token.
    func settle(
        _ id: VendorTokenID, _ result: Result<VendorDelivery?, VendorFailure>, isInquiry: Bool = false,
        _ step: Step
    ) throws {
        try step.workItems.end(.tokenRequest(id))
        try book(id, result, isInquiry: isInquiry, step)
    }

    private func book(
        _ id: VendorTokenID, _ result: Result<VendorDelivery?, VendorFailure>, isInquiry: Bool,
        _ step: Step
    ) throws {
        guard var request = try step.vendorTokens.request(id) else { return }
        if request.state == .cancelled {
            if case .success(let delivery?) = result { try keepVoid(delivery, request, step) }
            return
        }
        guard request.state == .asking else { return }
        switch result {
        case .success(let delivery?):
            guard try earlier(delivery, request, step) != nil else {
                return try deliver(delivery, for: request, step)
            }
            request.state = .unknown
            request.error = "the vendor returned a token that was already issued for another purchase"
        case .success(nil):
            // The vendor does not know the order.
            request.state = .waiting
            request.notBefore = step.now
        case .failure(let failure):
            request.error = failure.description
            (request.state, request.notBefore) = next(after: failure, request, step.now)
            // A request in doubt stays in doubt until the vendor has reported its outcome.
            if isInquiry, request.state == .waiting { request.state = .inquiring }
        }
        try step.vendorTokens.update(request, at: step.now)
        let isStuck = request.state == .unknown || request.state == .refused
        if isStuck || request.attempts == Self.attemptsBeforeAlert { try park(request, step) }
    }

    /// The stored token with the same digits, which the vendor must not issue again; `nil` if the delivery is new.
    func earlier(_ delivery: VendorDelivery, _ request: VendorTokenRecord, _ step: Step) throws
        -> IssuedToken?
    {
        guard case .token(let digits) = delivery else { return nil }
        let isUnique = issuer.vendors[request.vendor]?.traits.tokensAreUnique ?? false
        return try step.tokens.earlier(digits, for: isUnique ? nil : request.device)
    }

    private func next(after failure: VendorFailure, _ request: VendorTokenRecord, _ now: Timestamp) -> (
        VendorTokenRecord.State, Timestamp
    ) {
        let traits = issuer.vendors[request.vendor]?.traits
        let again = now.adding(Self.pauses[max(0, min(request.attempts, Self.pauses.count) - 1)])
        switch failure {
        case .refused: return (.refused, now)
        case .notReached: return (.waiting, again)
        case .failed:
            // A code that was issued but not handed out does nothing: another request only adds to the vendor's bill.
            let isHarmless = traits.map { $0.isIdempotent || !$0.chargesOverTheAir } ?? false
            return isHarmless && request.attempts < Self.mostFailures ? (.waiting, again) : doubt(traits, again)
        case .unknown:
            return traits?.isIdempotent == true && request.attempts < Self.mostFailures
                ? (.waiting, again) : doubt(traits, again)
        }
    }

    private func doubt(_ traits: VendorTraits?, _ again: Timestamp) -> (VendorTokenRecord.State, Timestamp) {
        traits?.canBeAsked == true ? (.inquiring, again) : (.unknown, again)
    }

    /// Marks requests that were under way when the daemon stopped as in doubt, because their answers are lost.
    func recover(_ step: Step) throws {
        for var request in try step.vendorTokens.waiting(notAt: Array(issuer.vendors.keys)) {
            request.state = .refused
            request.error = "the vendor '\(request.vendor)' is no longer in the configuration"
            try step.vendorTokens.update(request, at: step.now)
            try park(request, step)
        }
        for var request in try step.vendorTokens.onTheWire() {
            if try step.workItems.times(.tokenRequest(request.id)) >= Self.mostStops {
                try step.workItems.end(.tokenRequest(request.id))
                request.state = .unknown
                request.error = "the daemon stopped each time while the vendor was asked"
                try step.vendorTokens.update(request, at: step.now)
                try park(request, step)
                continue
            }
            try book(
                request.id, .failure(.unknown("the daemon stopped while the vendor was asked")), isInquiry: false,
                step)
        }
    }

    // MARK: Outcome

    /// Stores and sends the token, and completes its payment.
    func deliver(
        _ delivery: VendorDelivery, for request: VendorTokenRecord, _ step: Step
    ) throws {
        guard let payment = try step.payments.payment(request.payment),
            let device = try step.registry.device(request.device)
        else { return }
        var request = request
        request.state = .done
        request.error = nil
        try step.vendorTokens.update(request, at: step.now)
        try tickets.settle(.vendorToken(request.id, at: step.now), "the token was delivered", step)
        var token = self.token(delivery, request, step.now)
        if request.isBeside {
            token.payment = nil
            token.act = "plan advanced by payment \(payment.id)"
        }
        token.id = try IssuedTokens(step).keep(token, request.worth, of: device)
        if request.isBeside { return try notifications.beside(token, device, step) }
        try step.payments.move(payment.id, to: .completed, at: step.now)
        try step.announce(.paymentCompleted, payment.id.number)
        try notifications.arrived(token, device, payment, step)
    }

    private func token(_ delivery: VendorDelivery, _ request: VendorTokenRecord, _ now: Timestamp) -> IssuedToken {
        let digits = if case .token(let digits) = delivery { digits } else { "" }
        var token = IssuedToken(device: request.device, payment: request.payment, digits: digits, createdAt: now)
        token.carry(request.worth)
        return token
    }

    /// Stores the token of a reversed payment for reference. It is never sent.
    private func keepVoid(
        _ delivery: VendorDelivery, _ request: VendorTokenRecord, _ step: Step
    ) throws {
        let id = try step.tokens.insertUndone(token(delivery, request, step.now), at: step.now)
        try step.announce(
            .paymentReversed, request.payment.number, "its token \(id) arrived later and was not sent")
    }

    /// Opens a ticket for a request that was refused, is in doubt or is still pending. The customer was already told
    /// that the token will follow.
    private func park(_ request: VendorTokenRecord, _ step: Step) throws {
        guard let payment = try step.payments.payment(request.payment) else { return }
        let reason = request.error ?? "no answer"
        if !request.isBeside {
            try step.payments.note([.vendor(reason)], device: request.device, on: payment.id, at: step.now)
        }
        let how =
            switch request.state {
            case .refused: "was refused"
            case .unknown: "is in doubt"
            default: "is still pending"
            }
        try tickets.open(
            cause: .vendorToken(request.id, at: step.now), .token,
            "The token of payment \(payment.id) \(how) at \(request.vendor): \(reason)", phone: payment.payerPhone,
            alert: .tokenStuck, step)
    }
}

extension VendorTokenRecord {
    var worth: TokenWorth {
        if unlocks { return .unlock }
        return days > 0 ? .days(days) : .energy(energy)
    }
}
