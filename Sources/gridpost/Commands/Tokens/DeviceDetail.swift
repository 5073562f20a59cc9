import Admin

/// Prints one device with its debts and its latest tokens.
enum DeviceDetail {
    static func show(_ device: DeviceView) {
        var card = FieldList()
        card.add("device", "\(device.kind) \(device.serial)")
        card.add("owner", device.customerName.map { "\($0) (customer \(device.customerId))" })
        card.add("manufacturer", device.manufacturer)
        card.add("tariff", device.tariff)
        card.add("token", device.token)
        card.add("key", device.sts.map(words))
        card.add("key change to", device.keyChange.map { words($0) + "\nnot confirmed yet" })
        card.add("count", device.paygo.map { "\($0.count)" })
        card.add("days left", device.daysLeft.map(String.init))
        card.add("plan", device.plan.map { "sale \($0.id), \($0.name), \($0.open.amount) outstanding" })
        card.add("price per day", device.service.map { "\($0.pricePerDay), \($0.paid.amount) paid so far" })
        if let access = device.access {
            card.add("next access rate", access.nextDue)
            card.add("access rates outstanding", access.open.amount)
        }
        for token in device.tokens ?? [] { card.add("made \(token.madeAt)", PaymentDetail.words(token)) }
        card.show()
        guard let history = device.access?.history, !history.isEmpty else { return }
        Terminal.say("")
        var table = Table("ACCESS RATE DUE", "AMOUNT", "PAID")
        for charge in history { table.add(charge.due, charge.amount.amount, charge.paid.amount) }
        table.show(empty: "")
    }

    private static func words(_ key: DeviceView.STSView) -> String {
        "sgc \(key.sgc), krn \(key.krn), kt \(key.kt), ti \(key.ti), ea \(key.ea), base date \(key.baseDate)"
    }
}
