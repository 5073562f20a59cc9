import Domain

/// Safaricom's C2B: a validation before the money moves, if Safaricom has enabled it, and a confirmation afterwards.
struct SafaricomKE: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .safaricomKE }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        // The path may hold the secret: registered addresses have no query at some of Safaricom's versions.
        let step = call.path.last ?? ""
        guard ["validation", "confirmation"].contains(step) else { throw .unknownRoute }
        let key = call.query["key"] ?? (call.path.count == 2 ? call.path[0] : nil)
        guard Secrets.equal(key, secret("key")) else { throw .unproven }
        guard let fields = FlatFields(json: call.body) else { throw .malformed }
        let id = try identifier(fields["TransID"])
        let amount = try money(fields["TransAmount"])
        var notice = notice(id: id, receipts: [id], amount, isProven: settings.isTrusted)
        notice.payerPhone = phone(fields["MSISDN"])
        let names = [fields["FirstName"], fields["MiddleName"], fields["LastName"]].compactMap { $0 }
        notice.payerName = words(names.joined(separator: " "))
        notice.reference = words(fields["BillRefNumber"])
        notice.time = time(fields["TransTime"])
        if step == "validation" { return .look(notice) }
        return .pay(
            notice,
            evidence: Self.evidence([
                ("TransID", id), ("TransAmount", fields["TransAmount"]), ("TransTime", fields["TransTime"]),
                ("BusinessShortCode", fields["BusinessShortCode"]), ("BillRefNumber", fields["BillRefNumber"]),
                ("MSISDN", fields["MSISDN"]), ("OrgAccountBalance", fields["OrgAccountBalance"]),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        switch result {
        case .looked(let refusal?):
            .json(Markup.object([("ResultCode", .text(Self.code(refusal))), ("ResultDesc", "Rejected")]))
        case .busy: .tryAgain
        default:
            switch request {
            case .look: .json(Markup.object([("ResultCode", "0"), ("ResultDesc", "Accepted")]))
            default: .json(Markup.object([("ResultCode", 0), ("ResultDesc", "Accepted")]))
            }
        }
    }

    private static func code(_ refusal: NoticeRefusal) -> String {
        switch refusal {
        case .unknownDevice: "C2B00012"
        case .tooSmall: "C2B00013"
        case .cannotServe, .otherCurrency: "C2B00016"
        }
    }
}
