/// A bundle of SMS that the gateway bought by itself.
package struct BundlePurchase: Sendable, Hashable {
    package let modem: String
    package let at: Timestamp
    package let price: Money
    /// What the network said, or why nothing is known. Then it may have been bought, and counts.
    package let answer: String

    package init(modem: String, at: Timestamp, price: Money, answer: String) {
        self.modem = modem
        self.at = at
        self.price = price
        self.answer = answer
    }
}
