import Domain

package struct DeviceView: Codable, Sendable {
    package struct STSView: Codable, Sendable {
        package var sgc: String
        package var krn: Int
        package var kt: Int
        package var ti: Int
        package var ea: Int
        package var baseDate: Int
        package var lastTid: Int64?

        init(_ key: MeterKeyParameters, lastTid: Int64?) {
            sgc = key.supplyGroup
            krn = key.keyRevision
            kt = key.keyType
            ti = key.tariffIndex
            ea = key.algorithm
            baseDate = key.baseDate
            self.lastTid = lastTid
        }
    }

    package struct PaygoView: Codable, Sendable {
        /// The count of the latest code.
        package var count: Int
        package var divider: Int
        package var restricted: Bool
        package var extended: Bool
    }

    package struct AccessView: Codable, Sendable {
        package struct ChargeView: Codable, Sendable {
            package var due: String
            package var amount: MoneyView
            package var paid: MoneyView
        }

        package var nextDue: String?
        package var open: MoneyView
        /// Newest first.
        package var history: [ChargeView]
    }

    package struct ServiceView: Codable, Sendable {
        package var pricePerDay: String
        package var paid: MoneyView
        package var daysGranted: Int
    }

    package var serial: String
    package var kind: String
    package var manufacturer: String?
    package var token: String
    package var tariff: String?
    package var customerId: Int64
    package var customerName: String?
    package var sts: STSView?
    /// The new key of a key change that is not confirmed yet.
    package var keyChange: STSView?
    package var paygo: PaygoView?
    package var daysLeft: Int?
    package var access: AccessView?
    package var plan: SaleView?
    package var service: ServiceView?
    package var tokens: [PaymentView.TokenView]?

    init(_ device: Device, customerName: String? = nil) {
        serial = device.serial.text
        kind = device.kind.rawValue
        manufacturer = device.manufacturer
        token = device.token
        tariff = device.tariff
        customerId = device.customer.number
        self.customerName = customerName
        sts = device.meterKey.map { STSView($0, lastTid: device.lastIdentifier) }
    }
}
