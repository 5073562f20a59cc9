import Domain

/// Mixx by Yas (Tigo Pesa) bill payment: the answer decides whether the wallet is debited.
struct MixxTZ: NoticeDriver {
    let settings: NoticeSettings
    var kind: NoticeDriverKind { .mixxTZ }

    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest {
        guard let fields = FlatFields(xml: call.body), let type = fields["TYPE"]?.uppercased() else { throw .malformed }
        guard Secrets.equal(fields["COMPANYNAME"]?.uppercased(), secret("biller").uppercased()) else { throw .unproven }
        let id = try identifier(fields["TXNID", "TXID"])
        let isLookUp = type == "SYNC_LOOKUP_REQUEST"
        if type == "SYNC_ENQUIRY" { return .enquire(id: id) }
        guard isLookUp || type == "SYNC_BILLPAY_REQUEST" else { throw .malformed }
        // A look-up of the payer's name may state no amount.
        let text = fields["AMOUNT"]
        let amount = isLookUp && (text == nil || text == "0") ? .zero : try money(text)
        var notice = notice(id: id, receipts: [id], amount, isProven: settings.isTrusted)
        notice.payerPhone = phone(fields["MSISDN"])
        notice.payerName = words(fields["SENDERNAME"])
        notice.reference = words(fields["CUSTOMERREFERENCEID"])
        if let phone = fields["MSISDN"] { notice.context["msisdn"] = phone }
        if isLookUp { return .look(notice) }
        return .pay(
            notice,
            evidence: Self.evidence([
                ("TXNID", id), ("AMOUNT", text), ("MSISDN", fields["MSISDN"]),
                ("CUSTOMERREFERENCEID", fields["CUSTOMERREFERENCEID"]), ("SENDERNAME", fields["SENDERNAME"]),
            ]))
    }

    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply {
        switch (request, result) {
        case (.look(let notice), .looked(let refusal)):
            answer("SYNC_LOOKUP_RESPONSE", notice.id, notice.context["msisdn"], payment: nil, refusal)
        case (.pay(let notice, _), .decided(.accepted(let payment))):
            answer("SYNC_BILLPAY_RESPONSE", notice.id, notice.context["msisdn"], payment: payment, nil)
        case (.pay(let notice, _), .decided(.refused(let refusal))):
            answer("SYNC_BILLPAY_RESPONSE", notice.id, notice.context["msisdn"], payment: nil, refusal)
        case (.enquire(let id), .known(.accepted(let payment)?)):
            answer("SYNC_ENQUIRY_RESPONSE", id, nil, payment: payment, nil)
        case (.enquire(let id), .known(.refused(let refusal)?)):
            answer("SYNC_ENQUIRY_RESPONSE", id, nil, payment: nil, refusal)
        case (.enquire(let id), _): failure("SYNC_ENQUIRY_RESPONSE", id, "error016", "unknown payment")
        // The wallet repeats a request without an answer.
        case (.look, _), (.pay, _): .tryAgain
        case (.nothing, _): failure("SYNC_BILLPAY_RESPONSE", "", "error016", "not a payment")
        }
    }

    private func answer(
        _ type: String, _ id: String, _ phone: String?, payment: PaymentID?, _ refusal: NoticeRefusal?
    ) -> Reply {
        let code =
            switch refusal {
            case nil: "error000"
            case .unknownDevice: "error010"
            case .tooSmall: "error015"
            case .cannotServe, .otherCurrency: "error016"
            }
        return .xml(
            Markup.element(
                "COMMAND",
                [
                    ("TYPE", type), ("TXNID", id), ("REFID", payment.map { "\($0)" }),
                    ("RESULT", refusal == nil ? "TS" : "TF"), ("ERRORCODE", code),
                    ("ERRORDESC", refusal.map { $0.rawValue } ?? "success"), ("MSISDN", phone),
                    ("FLAG", refusal == nil ? "Y" : "N"), ("CONTENT", refusal == nil ? "Success" : "Failed"),
                ]))
    }

    private func failure(_ type: String, _ id: String, _ code: String, _ words: String) -> Reply {
        .xml(
            Markup.element(
                "COMMAND",
                [
                    ("TYPE", type), ("TXNID", id), ("RESULT", "TF"), ("ERRORCODE", code), ("ERRORDESC", words),
                    ("FLAG", "N"),
                ]))
    }
}
