import Domain

/// Flutterwave's version 3 webhooks. The header proves only that the sender knows the secret hash; it signs nothing.
struct Flutterwave: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .flutterwave }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard Secrets.equal(call.headers["verif-hash"], secret("secret_hash")) else { throw .unproven }
        // The old form has the charge's fields at the top, the newer one in `data`.
        let charge = JSONMember.bytes(of: "data", in: call.body) ?? call.body[...]
        guard let outer = FlatFields(json: call.body, isNested: false),
            let fields = FlatFields(json: charge, isNested: false), let status = fields["status"]
        else { throw .malformed }
        let customer = Self.object("customer", in: charge)
        let meta = Self.object("meta", in: charge) ?? Self.object("meta_data", in: call.body[...])
        let event = outer["event"] ?? "charge.completed"
        guard event == "charge.completed", ["successful", "success"].contains(status.lowercased()) else {
            return .nothing(about: String(event.prefix(60)))
        }
        let id = try identifier(fields["id"])
        let receipt = try identifier(fields["flw_ref", "flwRef"] ?? id)
        var notice = notice(
            id: id, receipts: [receipt], try money(fields["amount"]), currency: fields["currency"],
            isProven: settings.isTrusted)
        notice.reference = words(meta?["serial", "meter", "meter_number"] ?? fields["tx_ref", "txRef"])
        notice.payerPhone = phone(customer?["phone_number", "phone"])
        notice.payerName = words(customer?["name", "fullName"])
        notice.time = time(fields["created_at", "createdAt"])
        return .pay(
            notice,
            evidence: Self.evidence([
                ("id", id), ("flw_ref", receipt), ("tx_ref", fields["tx_ref", "txRef"]), ("amount", fields["amount"]),
                ("currency", fields["currency"]), ("created_at", fields["created_at", "createdAt"]),
            ]))
    }

    private static func object(_ name: String, in body: ArraySlice<UInt8>) -> FlatFields? {
        JSONMember.bytes(of: name, in: Array(body)).flatMap { FlatFields(json: $0, isNested: false) }
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        result == .busy ? .tryAgain : .json("{}")
    }
}
