import Admin

/// Prints one customer with credit, debts and devices.
enum CustomerDetail {
    static func show(_ customer: CustomerView) {
        var fields = FieldList()
        fields.add("customer", "\(customer.id)")
        fields.add("name", [customer.name, customer.surname ?? ""].joined(separator: " "))
        fields.add("phones", customer.phones.joined(separator: "\n"))
        fields.add("language", customer.language)
        fields.add("place", "\(customer.village), \(customer.miniGrid), \(customer.cluster)")
        fields.add("group", customer.connectionGroup)
        fields.add("type", customer.connectionType)
        fields.add("credit", "\(customer.credit.amount) \(customer.credit.currency)")
        fields.add("overdue", customer.overdue.map { "\($0.amount) \($0.currency)" })
        fields.add("access rates outstanding", customer.accessOpen.map { "\($0.amount) \($0.currency)" })
        for sale in customer.sales ?? [] where sale.state == "open" {
            let due = sale.nextDue.map { ", next due \($0)" } ?? ""
            fields.add("sale \(sale.id)", "\(sale.name), \(sale.open.amount) outstanding\(due)")
        }
        for device in customer.devices {
            let what = ["\(device.kind) \(device.serial)", device.tariff, device.daysLeft.map { "\($0) days left" }]
            fields.add("device", what.compactMap { $0 }.joined(separator: ", "))
        }
        fields.show()
    }
}
