import Admin

/// One sale, its instalments below.
enum SaleDetail {
    static func show(_ sale: SaleView) {
        var card = FieldList()
        card.add("sale", "\(sale.id), \(sale.state)")
        card.add("customer", "\(sale.customer) (customer \(sale.customerId))")
        card.add("what", sale.name)
        card.add("device", sale.serial)
        let isListPrice = sale.listPrice.map { $0 == sale.price } ?? true
        card.add(
            "price",
            "\(sale.price.amount) \(sale.price.currency)"
                + (isListPrice ? "" : ", on the list \(sale.listPrice?.amount ?? "")"))
        card.add("down payment", sale.downPayment.amount)
        card.add("paid", sale.paid.amount)
        card.add("open", sale.open.amount)
        card.add("overdue", sale.overdue.amount)
        card.add("days given", sale.daysGranted.map(String.init))
        card.add("of payment", sale.paymentId.map(String.init))
        card.show()
        guard let instalments = sale.instalments else { return }
        Terminal.say("")
        var table = Table("DUE", "COST", "PAID", "OPEN", "")
        for instalment in instalments {
            table.add(
                instalment.due, instalment.cost.amount, instalment.paid.amount, instalment.open.amount,
                instalment.replaced ? "replaced" : "")
        }
        table.show(empty: "no instalments")
    }
}
