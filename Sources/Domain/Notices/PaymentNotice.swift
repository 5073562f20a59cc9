/// A wallet's notice of a payment, received over HTTP and checked by its driver.
package struct PaymentNotice: Sendable, Hashable {
    /// The driver that read it, such as `safaricom-ke`.
    package var driver: String
    /// The wallet whose money it is, such as `mpesa-ke`.
    package var wallet: String
    /// The provider's id of the notice. A repeated notice has the same one.
    package var id: String
    /// The ids under which the wallet's SMS may name the payment, the likeliest first; never empty.
    package var receipts: [String]
    package var amount: Money
    /// The currency's ISO 4217 code.
    package var currency: String
    package var payerPhone: PhoneNumber?
    package var payerName: String?
    package var reference: String?
    /// The provider's local time.
    package var time: WallTime?
    /// Whether it is signed, confirmed by a query, or trusted by the company's configuration.
    package var isProven: Bool
    /// Whether the answer can refuse the payment, so that the provider returns the money.
    package var canRefuse: Bool
    /// What the driver needs to answer it again or to report its result, by name.
    package var context: [String: String]

    package init(
        driver: String, wallet: String, id: String, receipts: [String], amount: Money, currency: String,
        isProven: Bool, canRefuse: Bool, context: [String: String] = [:]
    ) {
        self.driver = driver
        self.wallet = wallet
        self.id = id
        self.receipts = receipts.isEmpty ? [id] : receipts
        self.amount = amount
        self.currency = currency
        self.isProven = isProven
        self.canRefuse = canRefuse
        self.context = context
    }

    /// The driver's name in the field of an inbox message that names the modem of an SMS.
    package var origin: String { Self.originPrefix + driver }

    static let originPrefix = "http:"
}
