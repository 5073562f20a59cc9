import Foundation
import TestSupport

/// A wallet whose texts state the balance after them.
struct RunningWallet {
    enum Kind { case mpesa, airtel }

    let kind: Kind
    private(set) var balance: Int
    private(set) var count: Int

    /// `count`: the texts so far, which number the transactions.
    init(_ kind: Kind, holds balance: Int, count: Int = 0) {
        self.count = count
        self.kind = kind
        self.balance = balance
    }

    /// The name of the wallet's texts, and its id.
    var originator: String { kind == .mpesa ? "M-PESA" : "AirtelMoney" }
    var id: String { kind == .mpesa ? "mpesa-tz" : "airtel-tz" }

    /// The text about money received from a phone, and its transaction id.
    mutating func receive(_ amount: Int, from phone: String) -> (id: String, text: String) {
        balance += amount
        return text(amount, from: phone, balance: balance)
    }

    /// A text about money that the wallet did not receive. Its balance is one that the wallet never has.
    mutating func forge(_ amount: Int, from phone: String) -> (id: String, text: String) {
        text(amount, from: phone, balance: 2_000_000_000 + count * 7)
    }

    private mutating func text(_ amount: Int, from phone: String, balance: Int) -> (id: String, text: String) {
        count += 1
        switch kind {
        case .mpesa:
            let id = "CKD4" + String(count + 100_000, radix: 36).uppercased() + "MX"
            return (
                id,
                GatewayUnderTest.confirmation(
                    id, Self.shillings(amount), from: String(phone.dropFirst()), balance: Self.shillings(balance))
            )
        case .airtel:
            let id = "PP\(Self.stamp()).C\(String(100_000 + count).suffix(5))"
            return (
                id,
                "Received Tsh \(Self.shillings(amount)) from NEEMA JOHO \(phone.dropFirst(4)). Balance Tsh \(Self.shillings(balance)). TID: \(id)"
            )
        }
    }

    /// Day and minute as in the ids of Airtel.
    private static func stamp() -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Africa/Dar_es_Salaam")
        format.dateFormat = "yyMMdd.HHmm"
        return format.string(from: Date())
    }

    /// As wallets write sums: 10,000.00.
    static func shillings(_ number: Int) -> String {
        let digits = Array(String(number))
        return digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined() + ".00"
    }
}
