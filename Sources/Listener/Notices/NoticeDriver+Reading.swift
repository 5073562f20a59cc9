import Domain
import Foundation
import Gateway
import Tokens

/// What all drivers do alike: amounts, phones, times and proofs.
extension NoticeDriver {
    /// An amount as a decimal text, with or without separators for thousands.
    func money(_ text: String?) throws(CallFault) -> Money {
        guard let text else { throw .malformed }
        let isGrouped = text.wholeMatch(of: /[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?/) != nil
        guard let money = Money(decimal: isGrouped ? text.replacing(",", with: "") : text, in: settings.currency),
            money.isPositive
        else { throw .malformed }
        return money
    }

    /// An amount in minor units of the currency, of which the gateway may keep more or fewer.
    func minorUnits(_ text: String?) throws(CallFault) -> Money {
        guard let text, let value = Int64(text), value >= 0 else { throw .malformed }
        let (whole, rest) = value.quotientAndRemainder(dividingBy: 100)
        return try money("\(whole).\(rest < 10 ? "0" : "")\(rest)")
    }

    func phone(_ text: String?) -> PhoneNumber? { text.flatMap { settings.plan.phone($0) } }

    /// An identifier as sent: printable, without white space, of bounded length.
    func identifier(_ text: String?) throws(CallFault) -> String {
        guard let text, (1...80).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw .malformed }
        return text
    }

    /// A reference or name as the payer typed it, on one line and of bounded length.
    func words(_ text: String?) -> String? {
        guard let text else { return nil }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let plain = String(
            String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        return plain.isEmpty ? nil : String(plain.prefix(120))
    }

    /// The provider's local time: `20261130184501`, or ISO 8601 with or without an offset.
    func time(_ text: String?) -> WallTime? {
        guard let text else { return nil }
        if text.count == 14, text.allSatisfy({ $0.isASCII && $0.isNumber }) {
            let digits = Array(text).map(String.init)
            func part(_ range: Range<Int>) -> String { digits[range].joined() }
            return WallTime(
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))")
        }
        let iso = text.replacing(" ", with: "T").replacing(/\.[0-9]+/, with: "")
        if let moment = Timestamp(rfc3339: iso) {
            let local = settings.calendar.wallTime(at: moment)
            return WallTime(date: local.date, minute: local.minute, second: local.second)
        }
        return WallTime(iso)
    }

    func notice(id: String, receipts: [String], _ amount: Money, currency: String? = nil, isProven: Bool)
        -> PaymentNotice
    {
        PaymentNotice(
            driver: kind.rawValue, wallet: settings.wallet, id: id, receipts: receipts.map { $0.uppercased() },
            amount: amount,
            currency: currency?.uppercased() ?? settings.currency.code, isProven: isProven,
            canRefuse: kind.canRefuse && canReport)
    }

    /// A refusal that is told only in a report needs an address to send it to.
    private var canReport: Bool { !kind.reports || settings.reportURL != nil }

    /// The fields that are kept as evidence: no passwords, signatures or tokens.
    static func evidence(_ fields: [(String, String?)]) -> String {
        fields.compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: "\n")
    }
}
