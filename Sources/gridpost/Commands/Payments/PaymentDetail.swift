import Admin

/// Prints one payment with all its details.
enum PaymentDetail {
    static func show(_ payment: PaymentView) {
        var card = FieldList()
        card.add("payment", "\(payment.id), \(payment.state)")
        card.add("amount", "\(payment.amount.amount) \(payment.amount.currency)")
        card.add("from", [payment.payerName, payment.payerMsisdn].compactMap { $0 }.joined(separator: ", "))
        card.add("provider", "\(payment.provider), \(payment.txnId)")
        card.add("provider time", payment.providerTime)
        card.add("received", payment.receivedAt)
        card.add("reference", payment.reference)
        card.add("device", payment.serial)
        let label = payment.state == "held" ? "held because" : "findings"
        card.add(label, payment.reasons.isEmpty ? nil : payment.reasons.joined(separator: "\n"))
        card.add("note", payment.note)
        for part in payment.allocations ?? [] {
            let what = [
                part.name, part.energyKwh.map { "\($0) kWh" }, part.days.map { "\($0) days" },
            ].compactMap { $0 }
            card.add("allocation", (["\(part.kind) \(part.amount.amount)"] + what).joined(separator: ", "))
        }
        card.add("token", payment.token.map(words))
        card.add(
            "requested from",
            payment.tokenRequest.map {
                "\($0.vendor), \($0.state), attempt \($0.attempts)" + ($0.error.map { "\n\($0)" } ?? "")
            })
        for message in payment.messages ?? [] {
            card.add("message \(message.id)", "to \(message.to), \(message.state)\n\(message.text)")
        }
        card.show()
    }

    /// A token with its value, or the reason why staff made it.
    static func words(_ token: PaymentView.TokenView) -> String {
        let worth = token.unlocks ? "unlock" : token.energyKwh.map { "\($0) kWh" } ?? token.days.map { "\($0) days" }
        let digits = token.token.isEmpty ? "over the air" : token.token
        return [digits, worth, token.act, token.undone ? "reversed" : nil].compactMap { $0 }.joined(separator: ", ")
    }
}

/// Prints a table of payments.
enum PaymentTable {
    static func show(_ state: String?, _ list: ListOptions, _ client: ClientOptions) async throws {
        try await client.ask("/v1/payments" + list.query([("state", state)]), as: PageView<PaymentView>.self) { page in
            var table = Table("NO", "RECEIVED", "PROVIDER", "TRANSACTION", "AMOUNT", "DEVICE", "STATE", "NOTE")
            for payment in page.items {
                table.add(
                    "\(payment.id)", payment.receivedAt, payment.provider, payment.txnId,
                    "\(payment.amount.amount) \(payment.amount.currency)",
                    payment.serial ?? payment.reference.map { "(\(Terminal.oneLine($0, 20)))" } ?? "-", payment.state,
                    Terminal.oneLine(payment.note ?? payment.reasons.first ?? "", 60))
            }
            table.show(empty: "no payments")
            list.showNext(page.next)
        }
    }
}
