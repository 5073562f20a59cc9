import Domain
import GRDB

extension Device {
    init(row: Row) throws {
        guard let serial = Serial(row["serial"] as String) else {
            throw StoreError.unknownValue(row["serial"], column: "device.serial", row: row["id"])
        }
        var meterKey: MeterKeyParameters?
        if let sgc = row["sgc"] as String?, let krn = row["krn"] as Int?, let ea = row["ea"] as Int?,
            let baseDate = row["base_date"] as Int?
        {
            meterKey = MeterKeyParameters(
                supplyGroup: sgc, keyRevision: krn, keyType: row["kt"] as Int? ?? 2,
                tariffIndex: row["ti"] as Int? ?? 1,
                algorithm: ea, baseDate: baseDate)
        }
        self.init(
            kind: try row.known("kind", of: "device"), serial: serial, manufacturer: row["manufacturer"],
            token: row["token"], tariff: row["tariff"],
            meterKey: meterKey,
            paygo: (row["paygo_key"] as String?).map {
                var paygo = PaygoParameters(key: $0, start: row["paygo_start"], count: row["paygo_count"] as Int? ?? 0)
                paygo.divider = row["paygo_divider"]
                paygo.isRestricted = row["paygo_restricted"]
                paygo.isExtended = row["paygo_extended"]
                return paygo
            })
        id = DeviceID(row["id"])
        customer = CustomerID(row["customer_id"])
        lastIdentifier = row["last_tid"]
        coveredUntil = (row["covered_until"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}
