import Messages
import Domain
import Store
import Tokens

/// Tokens that staff issue without a payment: meter management, meter tests, key changes, and the days and locks of
/// OpenPAYGO devices. Each is one named operation.
package struct ManagementTokens: Sendable {
    package enum Order: Sendable, Hashable {
        /// Register 0 to 3: one register; 4 to 7: the same in currency; 65535: all.
        case clearCredit(register: UInt16)
        case clearTamper
        case maximumPower(watts: Int64)
        case phaseUnbalance(watts: Int64)
        /// Displays or tests what the control bits select, on any meter.
        case test(control: UInt64, manufacturer: UInt64)
        case keyChange(to: MeterKeyParameters)
        case addDays(Int)
        case setDays(Int)
        case disable
        case counterSync

        /// The name in the audit log and the API.
        package var name: String {
            switch self {
            case .clearCredit: "clear_credit"
            case .clearTamper: "clear_tamper"
            case .maximumPower: "max_power"
            case .phaseUnbalance: "phase_unbalance"
            case .test: "test"
            case .keyChange: "key_change"
            case .addDays: "add_time"
            case .setDays: "set_time"
            case .disable: "disable_payg"
            case .counterSync: "counter_sync"
            }
        }

        package static let names = [
            "clear_credit", "clear_tamper", "max_power", "phase_unbalance", "test", "key_change", "add_time",
            "set_time",
            "disable_payg", "counter_sync",
        ]
    }

    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case token(TokenError)
        case keyChangeOpen(Serial)
        case noKeyChange(Serial)
        case nobodyToSendTo(Serial)

        package var description: String {
            switch self {
            case .token(let error): error.message
            case .keyChangeOpen(let serial):
                "a key change of \(serial.text) is already pending; confirm or withdraw it first"
            case .noKeyChange(let serial): "no key change of \(serial.text) is pending"
            case .nobodyToSendTo(let serial): "the owner of \(serial.text) has no phone"
            }
        }
    }

    private let issuer: TokenIssuer
    private let notifier: Notifier

    package init(_ gateway: Gateway) {
        issuer = gateway.issuer
        notifier = Notifier(gateway)
    }

    /// Issues and stores a token. With `sends`, sends it to the owner of the device.
    /// - Throws: `Refusal` if the token cannot be issued or sent, or a key change is pending, and `StoreError`.
    package func make(
        _ order: Order, for device: Device, reason: String, by name: String, sends: Bool, _ step: Step
    ) throws -> IssuedToken {
        if case .keyChange = order, try step.keyChanges.pending(of: device.id) != nil {
            throw Refusal.keyChangeOpen(device.serial)
        }
        var token = try token(order, device, act: "\(order.name) by \(name): \(reason)", step)
        token.id = try IssuedTokens(step).keep(token, worth(order), of: device)
        if case .setDays(let days) = order {
            try step.registry.setCovered(until: step.now.adding(.seconds(Int64(days) * 86_400)), of: device.id)
        }
        if case .keyChange(let key) = order {
            try step.keyChanges.insert(key, of: device.id, token: token.id, at: step.now)
        }
        if sends { try send(token, device, step) }
        return token
    }

    private func token(
        _ order: Order, _ device: Device, act: String, _ step: Step
    ) throws -> IssuedToken {
        do {
            if let fault = try step.clock.fault(at: step.now) {
                throw TokenError(.implausibleClock, "\(fault)")
            }
            let issue: TokenIssuer.Issue
            let sts = issuer.sts
            switch order {
            case .clearCredit(let register):
                issue = try sts.management(.clearCredit(register: register), for: device, at: step.now)
            case .clearTamper: issue = try sts.management(.clearTamper, for: device, at: step.now)
            case .maximumPower(let watts): issue = try sts.management(.maximumPower(watts), for: device, at: step.now)
            case .phaseUnbalance(let watts):
                issue = try sts.management(.phaseUnbalance(watts), for: device, at: step.now)
            case .addDays(let days): issue = try PaygoIssuer.code(.addTime, days: days, for: device)
            case .setDays(let days): issue = try PaygoIssuer.code(.setTime, days: days, for: device)
            case .disable: issue = try PaygoIssuer.code(.disable, for: device)
            case .counterSync: issue = try PaygoIssuer.code(.counterSync, for: device)
            case .test(let control, let manufacturer):
                // The token is not specific to a meter and has no TID.
                let digits = try STSDisplay.token(subclass: 0, control: control, manufacturer: manufacturer)
                return IssuedToken(device: device.id, payment: nil, act: act, digits: digits, createdAt: step.now)
            case .keyChange(let key):
                let codes = try sts.keyChange(device, to: key, at: step.now)
                return IssuedToken(
                    device: device.id, payment: nil, act: act, digits: codes.joined(separator: " "), createdAt: step.now
                )
            }
            var token = issue.token(of: device.id, payment: nil, act: act, at: step.now)
            if let worth = worth(order) { token.carry(worth) }
            return token
        } catch let error as TokenError {
            throw Refusal.token(error)
        }
    }

    private func worth(_ order: Order) -> TokenWorth? {
        switch order {
        case .addDays(let days): .days(days)
        case .disable: .unlock
        default: nil
        }
    }

    private func send(_ token: IssuedToken, _ device: Device, _ step: Step) throws {
        guard let phone = try step.registry.customer(device.customer)?.phones.first else {
            throw Refusal.nobodyToSendTo(device.serial)
        }
        let values = [
            "serial": device.serial.text,
            "token": token.codes.map(PaymentNotificationText.grouped).joined(separator: "\n"),
        ]
        let text = try notifier.text(.managementToken, notifier.languages(of: phone, step), values)
        try notifier.send(text, .token, to: phone, key: "token/\(token.id)", step)
    }

    // MARK: Key changes

    /// Records that the meter accepted the key change tokens. The new key becomes the meter's stored key.
    /// - Throws: `Refusal.noKeyChange`, and `StoreError`.
    package func confirmKeyChange(of device: Device, _ step: Step) throws {
        guard let change = try step.keyChanges.pending(of: device.id) else {
            throw Refusal.noKeyChange(device.serial)
        }
        try step.keyChanges.confirm(change, at: step.now)
    }

    /// Withdraws a key change whose tokens were not entered and will not be.
    /// - Throws: `Refusal.noKeyChange`, and `StoreError`.
    package func withdrawKeyChange(of device: Device, _ step: Step) throws {
        guard let change = try step.keyChanges.pending(of: device.id) else {
            throw Refusal.noKeyChange(device.serial)
        }
        try step.keyChanges.withdraw(change, at: step.now)
    }
}
