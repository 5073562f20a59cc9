package struct Device: Sendable, Hashable {
    package var id = DeviceID(0)
    package var customer = CustomerID(0)
    package var kind: DeviceKind
    package var serial: Serial
    package var manufacturer: String?
    /// `sts`, `openpaygo` or a vendor's id.
    package var token: String
    package var tariff: String?
    package var meterKey: MeterKeyParameters?
    /// The highest TID ever issued.
    package var lastIdentifier: Int64?
    package var paygo: PaygoParameters?
    /// Until when its days last, if each token was typed in at once.
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
    /// Days that its last tokens still cover, a begun one counted; `nil` for a device that knows no days.
    package func daysLeft(at now: Timestamp) -> Int? {
        coveredUntil.map { max(0, Int(($0.since(now) + .milliseconds(86_399_999)).milliseconds / 86_400_000)) }
    }
}
