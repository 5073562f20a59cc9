import Admin

/// Prints one sale and its instalments.
enum SaleDetail {
    static func show(_ sale: SaleView) {
        var card = FieldList()
        card.add("sale", "\(sale.id), \(sale.state)")
        card.add("customer", "\(sale.customer) (customer \(sale.customerId))")
        card.add("item", sale.name)
        card.add("device", sale.serial)
        let isListPrice = sale.listPrice.map { $0 == sale.price } ?? true
        card.add(
            "price",
            "\(sale.price.amount) \(sale.price.currency)"
                + (isListPrice ? "" : ", list price \(sale.listPrice?.amount ?? "")"))
        card.add("down payment", sale.downPayment.amount)
        card.add("paid", sale.paid.amount)
        card.add("outstanding", sale.open.amount)
        card.add("overdue", sale.overdue.amount)
        card.add("days granted", sale.daysGranted.map(String.init))
        card.add("payment", sale.paymentId.map(String.init))
        card.show()
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
