import Domain
import Foundation
import Gateway
import Store

package struct CustomerView: Codable, Sendable {
    package var id: Int64
    package var name: String
    package var surname: String?
    package var phones: [String]
    package var language: String?
    package var cluster: String
    package var miniGrid: String
    package var village: String
    package var connectionGroup: String?
    package var connectionType: String?
    package var credit: MoneyView
    package var devices: [DeviceView]
}

package struct DeviceView: Codable, Sendable {
    package struct STSView: Codable, Sendable {
        package var sgc: String
        package var krn: Int
        package var kt: Int
        package var ti: Int
        package var ea: Int
        package var baseDate: Int
        package var lastTid: Int64?
    }

    package var serial: String
    package var kind: String
    package var manufacturer: String?
    package var token: String
    package var tariff: String?
    package var customerId: Int64
    package var customerName: String?
    package var sts: STSView?
    package var tokens: [PaymentView.TokenView]?

    init(_ device: Device, customerName: String? = nil) {
        serial = device.serial.text
        kind = device.kind.rawValue
        manufacturer = device.manufacturer
        token = device.token
        tariff = device.tariff
        customerId = device.customer.number
        self.customerName = customerName
        sts = device.meterKey.map {
            STSView(
                sgc: $0.supplyGroup, krn: $0.keyRevision, kt: $0.keyType, ti: $0.tariffIndex, ea: $0.algorithm,
                baseDate: $0.baseDate, lastTid: device.lastIdentifier)
        }
    }
}

package struct ImportView: Codable, Sendable {
    package struct BadRow: Codable, Sendable {
        package var line: Int
        package var reason: String
    }

    package var kind: String
    package var rows: Int
    package var imported: Int
    package var dryRun: Bool
    package var bad: [BadRow]

    init(_ result: ImportResult) {
        kind = result.kind.rawValue
        rows = result.rows
        imported = result.bad.isEmpty && !result.isDryRun ? result.rows : 0
        dryRun = result.isDryRun
        bad = result.bad.map { BadRow(line: $0.line, reason: $0.reason) }
    }
}
