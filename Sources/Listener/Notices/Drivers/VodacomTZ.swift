import Domain
import Foundation
import Tokens

/// Vodacom Tanzania's broker: each notice is acknowledged, and its result, good or bad, is reported afterwards.
struct VodacomTZ: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .vodacomTZ }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard let fields = FlatFields(xml: call.body) else { throw .malformed }
        guard Secrets.equal(fields["spId"], secret("sp_id")),
            isPassword(fields["spPassword"], fields["timestamp"], at: now)
        else { throw .unproven }
        let receipt = try identifier(fields["mpesaReceipt"])
        let id = try identifier(fields["transactionID"] ?? receipt)
        let amount = try money(fields["amount"])
        var notice = notice(id: id, receipts: [receipt], amount, isProven: settings.isTrusted)
        notice.payerPhone = phone(fields["initiator"])
        notice.reference = words(fields["accountReference"])
        notice.time = time(fields["transactionDate"])
        for name in ["conversationID", "originatorConversationID", "transactionID", "initiator", "commandID"] {
            notice.context[name] = fields[name]
        }
        return .pay(
            notice,
            evidence: Self.evidence([
                ("transactionID", id), ("mpesaReceipt", receipt), ("amount", fields["amount"]),
                ("initiator", fields["initiator"]), ("accountReference", fields["accountReference"]),
                ("transactionDate", fields["transactionDate"]), ("recipient", fields["recipient"]),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        guard case .pay(let notice, _) = request, case .decided = result else { return .tryAgain }
        return .xml(response(notice.context))
    }

    private func response(_ context: [String: String]) -> String {
        let response = Markup.element(
            "response",
            [
                ("conversationID", context["conversationID"]),
                ("originatorConversationID", context["originatorConversationID"]),
                ("transactionID", context["transactionID"]), ("responseCode", "0"), ("responseDesc", "Received"),
                ("serviceStatus", "Success"),
            ])
        return #"<mpesaBroker xmlns="http://infowise.co.tz/broker/" version="2.0">"# + response + "</mpesaBroker>"
    }

    func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport? {
        guard let url = settings.reportURL else { return nil }
        let stamp = Self.stamp(settings.calendar.wallTime(at: now))
        guard let password = try? Self.hashes(secret("sp_id") + secret("sp_password") + stamp).first else { return nil }
        let (code, words, receipt): (String, String, String) =
            switch notice.decision {
            case .accepted(let payment): ("0", "Success", "\(payment)")
            case .refused(let refusal): ("999", refusal.rawValue, "0")
            }
        let provider = Markup.element(
            "serviceProvider", [("spId", secret("sp_id")), ("spPassword", password), ("timestamp", stamp)])
        let transaction = Markup.element(
            "transaction",
            [
                ("resultType", "Completed"), ("resultCode", code), ("resultDesc", words), ("serviceReceipt", receipt),
                ("serviceDate", settings.calendar.wallTime(at: now).text), ("serviceID", notice.reference),
                ("conversationID", notice.context["conversationID"]),
                ("originatorConversationID", notice.context["originatorConversationID"]),
                ("transactionID", notice.context["transactionID"]), ("initiator", notice.context["initiator"]),
            ])
        return NoticeReport(
            url: url, type: "application/xml",
            body: Reply.xml(
                #"<mpesaBroker xmlns="http://infowise.co.tz/broker/" version="2.0"><result>"# + provider + transaction
                    + "</result></mpesaBroker>"
            ).body)
    }

    func isTaken(_ answer: [UInt8]) -> Bool {
        FlatFields(xml: answer)?["responseCode"].map { $0 == "0" } ?? true
    }

    /// The hash of id, password and time in the ways that clients write it; which one is right is not known for sure.
    private func isPassword(_ given: String?, _ stamp: String?, at now: Timestamp) -> Bool {
        guard let given, let stamp, isFresh(stamp, now),
            let ways = try? Self.hashes(secret("sp_id") + secret("sp_password") + stamp)
        else {
            return false
        }
        return ways.contains { Secrets.equal(given, $0) }
    }

    /// A password that was read on its way would be good for ever without its time.
    private func isFresh(_ stamp: String, _ now: Timestamp) -> Bool {
        guard let moment = time(stamp).flatMap({ settings.calendar.moment(of: $0) }) else { return false }
        return abs(moment.since(now).milliseconds) <= Self.longestAge.milliseconds
    }

    /// Long enough for a repeated notice, and for a clock of the broker's in another zone.
    private static let longestAge = Duration.seconds(86_400)

    private static func hashes(_ text: String) throws -> [String] {
        let digest = try LibCrypto.sha256(Array(text.utf8))
        let hex = Hexadecimal.text(digest)
        return [Data(hex.uppercased().utf8), Data(hex.lowercased().utf8), Data(digest)].map { $0.base64EncodedString() }
    }

    private static func stamp(_ time: WallTime) -> String {
        let digits = time.text.filter { $0.isNumber }
        return digits.count == 14 ? digits : digits + String(repeating: "0", count: 14 - digits.count)
    }
}
