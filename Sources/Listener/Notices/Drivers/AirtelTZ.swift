import Domain

/// Airtel Tanzania's XML: each notice is acknowledged, and one that is refused is rolled back afterwards.
struct AirtelTZ: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .airtelTZ }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard let fields = FlatFields(xml: call.body) else { throw .malformed }
        let isKnown = Secrets.equal(fields["APIUser", "APIUsername"], secret("user"))
        guard Secrets.equal(fields["APIPassword"], secret("password")), isKnown else { throw .unproven }
        let id = try identifier(fields["TransID", "TXNID"])
        let amount = try money(fields["Amount"])
        var notice = notice(id: id, receipts: [id], amount, isProven: settings.isTrusted)
        notice.payerPhone = phone(fields["Msisdn"])
        notice.reference = words(fields["ReferenceField"])
        notice.context = ["trid": fields["TRID"] ?? "", "msisdn": fields["Msisdn"] ?? ""]
        return .pay(
            notice,
            evidence: Self.evidence([
                ("TransID", id), ("Amount", fields["Amount"]), ("Msisdn", fields["Msisdn"]),
                ("ReferenceField", fields["ReferenceField"]), ("BusinessNumber", fields["BusinessNumber"]),
                ("TRID", fields["TRID"]),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        guard case .pay(let notice, _) = request, case .decided = result else { return .tryAgain }
        return .xml(
            Markup.element(
                "Response",
                [
                    ("TYPE", "CMPRRES"), ("TXNID", notice.id), ("TXNSTATUS", "200"),
                    ("ReferenceField", notice.reference), ("MESSAGE", "Received"),
                    ("TransID", notice.id), ("Msisdn", notice.context["msisdn"]),
                ]))
    }

    func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport? {
        guard let url = settings.reportURL, case .refused(let refusal) = notice.decision else { return nil }
        return NoticeReport(
            url: url, type: "application/xml",
            body: Reply.xml(
                Markup.element(
                    "COMMAND",
                    [
                        ("TYPE", "ROLLBACK"), ("TXNID", notice.id), ("TRID", notice.context["trid"]),
                        ("MESSAGE", refusal.rawValue),
                    ])
            ).body)
    }
}
