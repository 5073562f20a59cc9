import Domain
import Tokens

/// Paystack's events, signed with HMAC-SHA-512 of the body.
struct Paystack: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .paystack }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard
            let mac = try? LibCrypto.hmac(.sha512, key: Array(secret("secret_key").utf8), message: call.body),
            Secrets.equal(call.headers["x-paystack-signature"]?.lowercased(), Hexadecimal.text(mac).lowercased())
        else { throw .unproven }
        guard let outer = FlatFields(json: call.body, isNested: false), let event = outer["event"] else {
            throw .malformed
        }
        guard event == "charge.success" else { return .nothing(about: String(event.prefix(60))) }
        guard let data = JSONMember.bytes(of: "data", in: call.body),
            let fields = FlatFields(json: data, isNested: false)
        else {
            throw .malformed
        }
        func object(_ name: String) -> FlatFields? {
            JSONMember.bytes(of: name, in: Array(data)).flatMap { FlatFields(json: $0, isNested: false) }
        }
        let id = try identifier(fields["id"])
        let reference = try identifier(fields["reference"])
        var notice = notice(
            id: id, receipts: [reference], try minorUnits(fields["amount"]), currency: fields["currency"],
            isProven: true)
        notice.reference = words(object("metadata")?["serial", "meter", "meter_number"] ?? fields["reference"])
        notice.payerPhone = phone(object("customer")?["phone"])
        notice.time = time(fields["paid_at", "paidAt"])
        return .pay(
            notice,
            evidence: Self.evidence([
                ("id", id), ("reference", reference), ("amount", fields["amount"]), ("currency", fields["currency"]),
                ("channel", fields["channel"]), ("paid_at", fields["paid_at"]), ("serial", notice.reference),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        result == .busy ? .tryAgain : .json("{}")
    }
}
