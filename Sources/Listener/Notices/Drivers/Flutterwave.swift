import Domain

/// Flutterwave's version 3 webhooks. The header proves only that the sender knows the secret hash; it signs nothing.
struct Flutterwave: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .flutterwave }

    func read(_ call: Call, at now: Timestamp) throws(NoticeFault) -> NoticeRequest {
        guard Secrets.equal(call.headers["verif-hash"], secret("secret_hash")) else { throw .unproven }
        guard let fields = FlatFields(json: call.body), let status = fields["status"] else { throw .malformed }
        let event = fields["event"] ?? "charge.completed"
        guard event == "charge.completed", ["successful", "success"].contains(status.lowercased()) else {
            return .nothing(about: String(event.prefix(60)))
        }
        let id = try identifier(fields["id"])
        let receipt = try identifier(fields["flw_ref", "flwRef"] ?? id)
        var notice = notice(
            id: id, receipts: [receipt], try money(fields["amount"]), currency: fields["currency"],
            isProven: settings.isTrusted)
        notice.reference = words(fields["serial", "meter", "meter_number"] ?? fields["tx_ref", "txRef"])
        notice.payerPhone = phone(fields["phone_number", "phone"])
        notice.payerName = words(fields["name"])
        notice.time = time(fields["created_at", "createdAt"])
        return .pay(
            notice,
            evidence: Self.evidence([
                ("id", id), ("flw_ref", receipt), ("tx_ref", fields["tx_ref", "txRef"]), ("amount", fields["amount"]),
                ("currency", fields["currency"]), ("created_at", fields["created_at", "createdAt"]),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        result == .busy ? .json("{}", status: 503) : .json("{}")
    }
}
