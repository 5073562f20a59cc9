/// What a network said about the airtime of a modem's SIM.
package struct AirtimeCheck: Sendable, Hashable {
    package let modem: String
    package let at: Timestamp
    package let balance: Money?
    /// The SMS left in a bundle.
    package let sms: Int?
    /// What the network said; empty if it said nothing.
    package let text: String
    /// Why nothing is known; `nil` if the text was read.
    package let failure: String?

    package init(modem: String, at: Timestamp, balance: Money?, sms: Int?, text: String, failure: String?) {
        self.modem = modem
        self.at = at
        self.balance = balance
        self.sms = sms
        self.text = text
        self.failure = failure
    }
}
