import Admin

/// Prints one payment with all its details.
enum PaymentDetail {
    static func show(_ payment: PaymentView) {
        var fields = FieldList()
        fields.add("payment", "\(payment.id), \(payment.state)")
        fields.add("amount", "\(payment.amount.amount) \(payment.amount.currency)")
        fields.add("from", [payment.payerName, payment.payerMsisdn].compactMap { $0 }.joined(separator: ", "))
        fields.add("provider", "\(payment.provider), \(payment.txnId)")
        fields.add("provider time", payment.providerTime)
        fields.add("received", payment.receivedAt)
        fields.add("reference", payment.reference)
        fields.add("device", payment.serial)
        let label = payment.state == "held" ? "held because" : "findings"
        fields.add(label, payment.reasons.isEmpty ? nil : payment.reasons.joined(separator: "\n"))
        fields.add("note", payment.note)
        for part in payment.allocations ?? [] {
            let what = [
                part.name, part.energyKwh.map { "\($0) kWh" }, part.days.map { "\($0) days" },
            ].compactMap { $0 }
            fields.add("allocation", (["\(part.kind) \(part.amount.amount)"] + what).joined(separator: ", "))
        }
        fields.add("token", payment.token.map(words))
        fields.add(
            "requested from",
            payment.tokenRequest.map {
                "\($0.vendor), \($0.state), attempt \($0.attempts)" + ($0.error.map { "\n\($0)" } ?? "")
            })
        for message in payment.messages ?? [] {
            fields.add("message \(message.id)", "to \(message.to), \(message.state)\n\(message.text)")
        }
        fields.show()
    }

    /// A token with its value, or the reason why staff made it.
    static func words(_ token: PaymentView.TokenView) -> String {
        let worth = token.unlocks ? "unlock" : token.energyKwh.map { "\($0) kWh" } ?? token.days.map { "\($0) days" }
        let digits = token.token.isEmpty ? "over the air" : token.token
        return [digits, worth, token.act, token.undone ? "reversed" : nil].compactMap { $0 }.joined(separator: ", ")
    }
}
