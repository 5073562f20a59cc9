/// Notices of one wallet whose balances follow from each other, as M-Pesa Tanzania writes them.
struct WalletNotices {
    var balance: Int
    private(set) var number = 0

    init(_ balance: Int) { self.balance = balance }

    mutating func received(
        _ amount: Int, at time: String = "6:02 PM", on day: String = "18/11/26", name: String = "REHEMA JUMA",
        id: String? = nil
    ) -> String {
        balance += amount
        number += 1
        return
            "\(id ?? "CKD4A2MX\(number + 100)") Confirmed.You have received Tsh\(amount).00 from 255712000678 - \(name) on \(day) at \(time) New M-Pesa balance is Tsh\(balance).00."
    }

    mutating func sent(_ amount: Int, fee: Int, at time: String = "6:02 PM") -> String {
        balance -= amount + fee
        number += 1
        return
            "CKD4A2MX\(number + 100) Confirmed. Tsh\(amount).00 sent to 255767000013 - GODI CHANGA on 18/11/26 at \(time) Total fee Tsh\(fee).00. New M-Pesa balance is Tsh\(balance).00."
    }
}
