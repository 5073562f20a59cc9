import Admin

/// Prints one sale and its instalments.
enum SaleDetail {
    static func show(_ sale: SaleView) {
        var fields = FieldList()
        fields.add("sale", "\(sale.id), \(sale.state)")
        fields.add("customer", "\(sale.customer) (customer \(sale.customerId))")
        fields.add("item", sale.name)
        fields.add("device", sale.serial)
        let isListPrice = sale.listPrice.map { $0 == sale.price } ?? true
        fields.add(
            "price",
            "\(sale.price.amount) \(sale.price.currency)"
                + (isListPrice ? "" : ", list price \(sale.listPrice?.amount ?? "")"))
        fields.add("down payment", sale.downPayment.amount)
        fields.add("paid", sale.paid.amount)
        fields.add("outstanding", sale.open.amount)
        fields.add("overdue", sale.overdue.amount)
        fields.add("days granted", sale.daysGranted.map(String.init))
        fields.add("payment", sale.paymentId.map(String.init))
        fields.show()
        guard let instalments = sale.instalments else { return }
        Terminal.say("")
        var table = Table("DUE", "COST", "PAID", "OUTSTANDING", "REPLACED")
        for instalment in instalments {
            table.add(
                instalment.due, instalment.cost.amount, instalment.paid.amount, instalment.open.amount,
                instalment.replaced ? "replaced" : "-")
        }
        table.show(empty: "no instalments")
    }
}
