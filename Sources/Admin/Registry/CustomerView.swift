import Foundation

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
    /// Unpaid instalments due before today. Like the next two fields, only given when one customer is requested.
    package var overdue: MoneyView?
    package var accessOpen: MoneyView?
    package var sales: [SaleView]?
    package var devices: [DeviceView]
}
