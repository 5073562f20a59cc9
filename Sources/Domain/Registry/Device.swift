/// A meter, solar home system or e-bike of a customer.
package struct Device: Sendable, Hashable {
    package var id = DeviceID(0)
    package var customer = CustomerID(0)
    package var kind: DeviceKind
    package var serial: Serial
    package var manufacturer: String?
    /// The issuer of its tokens: `sts`, `openpaygo` or a vendor's id.
    package var token: String
    package var tariff: String?
    package var meterKey: MeterKeyParameters?
    /// The highest token identifier (TID) ever issued.
    package var lastIdentifier: Int64?
    package var paygo: PaygoParameters?
    /// When its days of use end, if the customer entered each token immediately.
    package var coveredUntil: Timestamp?

    package init(
        kind: DeviceKind, serial: Serial, manufacturer: String?, token: String, tariff: String?,
        meterKey: MeterKeyParameters?,
        paygo: PaygoParameters?
    ) {
        self.kind = kind
        self.serial = serial
        self.manufacturer = manufacturer
        self.token = token
        self.tariff = tariff
        self.meterKey = meterKey
        self.paygo = paygo
    }
}

extension Device {
    /// Days of use left, rounded up; `nil` for a device without days.
    package func daysLeft(at now: Timestamp) -> Int? {
        coveredUntil.map { max(0, Int(($0.since(now) + .milliseconds(86_399_999)).milliseconds / 86_400_000)) }
    }
}
