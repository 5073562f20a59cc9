import Domain
import Foundation
import Tokens

/// AzamPay's bill payment: look-up, payment and status check, each with a signed token and a hash of its data.
struct AzamPay: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .azampay }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard let data = JSONMember.bytes(of: "Data", in: call.body),
            let outer = FlatFields(json: call.body, isNested: false),
            let fields = FlatFields(json: data, isNested: false)
        else { throw .malformed }
        guard isHash(outer["Hash"], of: Array(data)) else { throw .unproven }
        try checkToken(call.headers["authorization"], at: now)
        switch call.path.last {
        case "name-lookup":
            var notice = notice(id: "-", receipts: [], .zero, isProven: true)
            notice.currency = fields["Currency"]?.uppercased() ?? notice.currency
            notice.reference = words(fields["BillIdentifier"])
            return .look(notice)
        case "status-check":
            return .enquire(id: try identifier(fields["MerchantReferenceId", "PgReferenceId"]))
        case "payment":
            let id = try identifier(fields["PgReferenceId"] ?? fields["FspReferenceId"])
            let receipts = try [fields["FspReferenceId"], id].compactMap { $0 }.map { (text) throws(CallFault) in
                try identifier(text)
            }
            var notice = notice(
                id: id, receipts: receipts, try money(fields["Amount"]), currency: fields["Currency"], isProven: true)
            notice.reference = words(fields["BillIdentifier"])
            notice.payerPhone = phone(fields["Msisdn", "PhoneNumber", "CustomerMsisdn"])
            return .pay(
                notice,
                evidence: Self.evidence([
                    ("PgReferenceId", id), ("FspReferenceId", fields["FspReferenceId"]), ("Amount", fields["Amount"]),
                    ("Currency", fields["Currency"]), ("BillIdentifier", fields["BillIdentifier"]),
                    ("FspCode", fields["FspCode"]), ("TimeStamp", fields["TimeStamp"]),
                ]))
        default: throw .unknownRoute
        }
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        switch (request, result) {
        case (.look(let notice), .looked(let refusal)):
            .json(
                Markup.object([
                    ("Name", .text(notice.reference ?? "")), ("BillAmount", 0),
                    ("BillIdentifier", .text(notice.reference ?? "")),
                    ("Status", refusal == nil ? "Success" : "Failure"),
                    ("Message", .text(refusal?.rawValue ?? "Found")), ("StatusCode", refusal == nil ? 0 : 1),
                ]))
        case (.pay(let notice, _), .decided(.accepted)): status(notice.id, isGood: true, "Success")
        case (.pay(let notice, _), .decided(.refused(let refusal))): status(notice.id, isGood: false, refusal.rawValue)
        case (.enquire(let id), .known(.accepted?)): status(id, isGood: true, "Success")
        case (.enquire(let id), .known(.refused(let refusal)?)): status(id, isGood: false, refusal.rawValue)
        // Any answer with a status would be taken for a decision.
        default: .tryAgain
        }
    }

    private func status(_ id: String, isGood: Bool, _ words: String) -> Reply {
        .json(
            Markup.object([
                ("MerchantReferenceId", .text(id)), ("Status", isGood ? "Success" : "Failure"),
                ("StatusCode", isGood ? 0 : 1), ("Message", .text(words)),
            ]))
    }

    // MARK: Proof

    /// Clients hash the data as sent, its SHA-256, or that as hexadecimal digits; all three need the key.
    private func isHash(_ given: String?, of data: [UInt8]) -> Bool {
        guard let given, let digest = try? LibCrypto.sha256(data) else { return false }
        let key = Array(secret("hash_key").utf8)
        return [data, digest, Array(Hexadecimal.text(digest).lowercased().utf8)].contains { message in
            guard let mac = try? LibCrypto.hmac(.sha256, key: key, message: message) else { return false }
            return Secrets.equal(given.lowercased(), Hexadecimal.text(mac).lowercased())
        }
    }

    /// Checks the bearer token: JWT with HS256 (RFC 7515, RFC 7519), not expired.
    private func checkToken(_ header: String?, at now: Timestamp) throws(CallFault) {
        guard let header, header.lowercased().hasPrefix("bearer ") else { throw .unproven }
        let pieces = header.dropFirst(7).split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3, let head = Self.base64(pieces[0]), let claims = Self.base64(pieces[1]),
            let signature = Self.base64(pieces[2]), FlatFields(json: head)?["alg"] == "HS256",
            let mac = try? LibCrypto.hmac(
                .sha256, key: Array(secret("token_key").utf8), message: Array("\(pieces[0]).\(pieces[1])".utf8)),
            Secrets.equal(mac, signature)
        else { throw .unproven }
        guard let expiry = FlatFields(json: claims)?["exp"], let seconds = Int64(expiry) else { throw .unproven }
        let grace: Int64 = 120
        guard seconds.addingReportingOverflow(grace).partialValue >= now.milliseconds / 1_000 else { throw .expired }
    }

    private static func base64(_ text: Substring) -> [UInt8]? {
        var plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        while !plain.count.isMultiple(of: 4) { plain += "=" }
        return Data(base64Encoded: plain).map { Array($0) }
    }
}
