import Admin

/// Prints one device with its debts and its latest tokens.
enum DeviceDetail {
    static func show(_ device: DeviceView) {
        var fields = FieldList()
        fields.add("device", "\(device.kind) \(device.serial)")
        fields.add("owner", device.customerName.map { "\($0) (customer \(device.customerId))" })
        fields.add("manufacturer", device.manufacturer)
        fields.add("tariff", device.tariff)
        fields.add("token", device.token)
        fields.add("key", device.sts.map(words))
        fields.add("key change to", device.keyChange.map { words($0) + "\nnot confirmed yet" })
        fields.add("count", device.paygo.map { "\($0.count)" })
        fields.add("days left", device.daysLeft.map(String.init))
        fields.add("plan", device.plan.map { "sale \($0.id), \($0.name), \($0.open.amount) outstanding" })
        fields.add("price per day", device.service.map { "\($0.pricePerDay), \($0.paid.amount) paid so far" })
        if let access = device.access {
            fields.add("next access rate", access.nextDue)
            fields.add("access rates outstanding", access.open.amount)
        }
        for token in device.tokens ?? [] { fields.add("made \(token.madeAt)", PaymentDetail.words(token)) }
        fields.show()
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
