import Domain
import Foundation
import Listener
import Messages
import TestSupport
import Testing
import Tokens

@Suite("Drivers of payment notices")
struct NoticeDriverTests {
    static let now = Timestamp(seconds: 1_795_014_180)

    /// Loaded once, because loading takes longer than most tests.
    private static let library = Result {
        try Library(
            LibraryFolders(shipped: Fixtures.checkout.appendingPathComponent("templates").path, overrides: nil),
            wallets: .inUse([], country: "TZ"))
    }

    static func driver(
        _ kind: NoticeDriverKind, _ secrets: [String: String], trusted: Bool = false, reports: String? = nil
    ) throws -> any NoticeDriver {
        let country = try #require(try library.get().countries["TZ"])
        let settings = NoticeSettings(
            wallet: "mpesa-tz", secrets: secrets, isTrusted: trusted, reportURL: reports,
            currency: try #require(Currency(code: "TZS")), plan: country.plan,
            calendar: try #require(CompanyCalendar(timeZone: "Africa/Dar_es_Salaam")))
        return try #require(kind.driver(settings))
    }

    private func payment(_ driver: any NoticeDriver, _ call: Call) throws -> PaymentNotice {
        guard case .pay(let notice, _) = try driver.read(call, at: Self.now) else {
            throw CallFault.malformed
        }
        return notice
    }

    private static func body(_ text: String) -> [UInt8] { Array(text.utf8) }

    // MARK: Mixx

    static func mixx(
        _ type: String = "SYNC_BILLPAY_REQUEST", id: String = "BP261130.1845.A12345", amount: String = "10000",
        reference: String = "01450000011", biller: String = "UMEME"
    ) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?><COMMAND><TYPE>\(type)</TYPE><TXNID>\(id)</TXNID>
        <MSISDN>712000678</MSISDN><AMOUNT>\(amount)</AMOUNT><COMPANYNAME>\(biller)</COMPANYNAME>
        <CUSTOMERREFERENCEID>\(reference)</CUSTOMERREFERENCEID><SENDERNAME>REHEMA &amp; CO</SENDERNAME></COMMAND>
        """
    }

    @Test("a bill payment of Mixx is read, with a phone without country code")
    func mixxPayment() throws {
        let driver = try Self.driver(.mixxTZ, ["biller": "umeme"])
        let notice = try payment(driver, Call(body: Self.body(Self.mixx(amount: "10,000.50"))))
        #expect(notice.id == "BP261130.1845.A12345" && notice.amount.minor == 1_000_050)
        #expect(notice.payerPhone?.e164 == "+255712000678" && notice.reference == "01450000011")
        #expect(notice.payerName == "REHEMA & CO" && !notice.isProven && notice.canRefuse)
        let good = driver.answer(.pay(notice, evidence: ""), .decided(.accepted(PaymentID(7))))
        #expect(good.body.contains("<RESULT>TS</RESULT>") && good.body.contains("<REFID>7</REFID>"))
        let bad = driver.answer(.pay(notice, evidence: ""), .decided(.refused(.unknownDevice)))
        #expect(bad.body.contains("error010") && bad.body.contains("<FLAG>N</FLAG>") && bad.status == 200)
    }

    @Test(
        "what is no payment of Mixx is refused",
        arguments: [
            mixx(amount: "0"), mixx(amount: "-5"), mixx(amount: "1e9"), mixx(amount: "10000.001"),
            mixx(amount: "99999999999999999999"), mixx(id: ""), mixx(id: String(repeating: "9", count: 90)),
            mixx("SYNC_SOMETHING"), mixx(biller: "OTHER"), "", "{}", "<COMMAND>", "<COMMAND></COMMAND>",
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" + mixx(),
            "<!DOCTYPE COMMAND SYSTEM \"file:///etc/passwd\">" + mixx(reference: "&xxe;"),
            String(repeating: "<a>", count: 10_000), mixx(reference: "&undefined;"),
        ])
    func mixxHostile(text: String) throws {
        let driver = try Self.driver(.mixxTZ, ["biller": "umeme"])
        #expect(throws: CallFault.self) { try driver.read(Call(body: Self.body(text)), at: Self.now) }
    }

    // MARK: AzamPay

    static let azamSecrets = ["hash_key": "hash-key-of-ours", "token_key": "token-key-of-ours"]

    static func token(
        expires: Int64 = now.milliseconds / 1_000 + 60, key: String = "token-key-of-ours", alg: String = "HS256"
    )
        throws -> String
    {
        func encoded(_ bytes: [UInt8]) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        }
        let head =
            encoded(Array(#"{"alg":"\#(alg)","typ":"JWT"}"#.utf8)) + "." + encoded(Array(#"{"exp":\#(expires)}"#.utf8))
        return head + "." + encoded(try LibCrypto.hmac(.sha256, key: Array(key.utf8), message: Array(head.utf8)))
    }

    enum HashWay: CaseIterable { case data, digest, digits }

    static func azam(
        _ data: String, way: HashWay = .data, key: String = "hash-key-of-ours", token: String, step: String = "payment"
    ) throws -> Call {
        let digest = try LibCrypto.sha256(Array(data.utf8))
        let message: [UInt8] =
            switch way {
            case .data: Array(data.utf8)
            case .digest: digest
            case .digits: Array(Hexadecimal.text(digest).lowercased().utf8)
            }
        let hash = Hexadecimal.text(try LibCrypto.hmac(.sha256, key: Array(key.utf8), message: message)).lowercased()
        return Call(
            path: [step], headers: ["authorization": "Bearer \(token)"],
            body: Array(#"{ "Data" : \#(data), "Hash": "\#(hash)" }"#.utf8))
    }

    static let azamData =
        #"{"FspReferenceId":"CKD4A2MX7P1","PgReferenceId":"pg-77","Amount":10000.5,"BillIdentifier":"01450000011","Currency":"TZS","PaymentDesc":"a \"}\" in it","FspCode":"MPESA","Country":"TZ","TimeStamp":"2026-11-18T18:03:00","AdditionalProperties":{"x":[1,{"y":"]"}]}}"#

    @Test("AzamPay's signature is checked over the bytes as sent, in the three ways known", arguments: HashWay.allCases)
    func azamProof(way: HashWay) throws {
        let driver = try Self.driver(.azampay, Self.azamSecrets)
        let notice = try payment(driver, try Self.azam(Self.azamData, way: way, token: try Self.token()))
        #expect(notice.isProven && notice.id == "pg-77" && notice.receipts == ["CKD4A2MX7P1", "PG-77"])
        #expect(notice.amount.minor == 1_000_050)
    }

    @Test("AzamPay's notices with another key, an old token, no token or changed data are refused")
    func azamForged() throws {
        let driver = try Self.driver(.azampay, Self.azamSecrets)
        func fault(_ call: Call) -> CallFault? {
            do throws(CallFault) {
                _ = try driver.read(call, at: Self.now)
                return nil
            } catch { return error }
        }
        let token = try Self.token()
        #expect(fault(try Self.azam(Self.azamData, key: "guess", token: token)) == .unproven)
        #expect(fault(try Self.azam(Self.azamData, token: try Self.token(key: "guess"))) == .unproven)
        #expect(fault(try Self.azam(Self.azamData, token: try Self.token(alg: "none"))) == .unproven)
        #expect(fault(try Self.azam(Self.azamData, token: "a.b")) == .unproven)
        let old = try Self.token(expires: Self.now.milliseconds / 1_000 - 600)
        #expect(fault(try Self.azam(Self.azamData, token: old)) == .expired)
        var changed = try Self.azam(Self.azamData, token: token)
        changed.body = Array(String(decoding: changed.body, as: UTF8.self).replacing("10000.5", with: "90000.5").utf8)
        #expect(fault(changed) == .unproven)
        var twice = try Self.azam(Self.azamData, token: token)
        twice.body = Array(
            String(decoding: twice.body, as: UTF8.self).replacing(
                #""Hash""#, with: #""Data":{"Amount":1},"Hash""#
            ).utf8)
        // The bytes that were signed are the ones that are read.
        #expect(try payment(driver, twice).amount.minor == 1_000_050)
    }

    // MARK: The others

    @Test("a confirmation of Safaricom is read, with a masked phone; the key may be in the path or the query")
    func safaricom() throws {
        let driver = try Self.driver(.safaricomKE, ["key": "the-secret-word"])
        let text =
            #"{"TransactionType":"Pay Bill","TransID":"RKTQDM7W6S","TransTime":"20261118180305","TransAmount":"200.00","BusinessShortCode":"600638","BillRefNumber":"01450000011","InvoiceNumber":"","OrgAccountBalance":"49197.00","ThirdPartyTransID":"","MSISDN":"2547*****126","FirstName":"JOHN","MiddleName":"","LastName":"DOE"}"#
        for call in [
            Call(path: ["the-secret-word", "confirmation"], body: Self.body(text)),
            Call(path: ["confirmation"], query: ["key": "the-secret-word"], body: Self.body(text)),
        ] {
            let notice = try payment(driver, call)
            #expect(notice.id == "RKTQDM7W6S" && notice.amount.minor == 20_000 && notice.payerPhone == nil)
            #expect(notice.time?.text == "2026-11-18T18:03:05" && notice.payerName == "JOHN DOE" && !notice.canRefuse)
        }
        #expect(throws: CallFault.unproven) {
            try driver.read(Call(path: ["confirmation"], body: Self.body(text)), at: Self.now)
        }
        guard
            case .look(let look) = try driver.read(
                Call(path: ["the-secret-word", "validation"], body: Self.body(text)), at: Self.now)
        else {
            Issue.record("no validation")
            return
        }
        #expect(driver.answer(.look(look), .looked(.unknownDevice)).body.contains("C2B00012"))
        #expect(driver.answer(.look(look), .looked(nil)).body == #"{"ResultCode":"0","ResultDesc":"Accepted"}"#)
    }

    @Test("a notice of Vodacom's broker is read with each way of hashing the password, and its result is reported")
    func vodacom() throws {
        let driver = try Self.driver(
            .vodacomTZ, ["sp_id": "338899", "sp_password": "our-word"], reports: "https://broker.example/result")
        let digest = try LibCrypto.sha256(Array("338899our-word20261118180300".utf8))
        let hex = Hexadecimal.text(digest)
        func text(_ password: String) -> String {
            """
            <mpesaBroker xmlns="http://infowise.co.tz/broker/" version="2.0"><request><serviceProvider><spId>338899</spId>\
            <spPassword>\(password)</spPassword><timestamp>20261118180300</timestamp></serviceProvider><transaction>\
            <amount>60025.0</amount><commandID>Pay_Bill</commandID><initiator>255754000001</initiator>\
            <conversationID>c-1</conversationID><originatorConversationID>o-1</originatorConversationID>\
            <recipient>338899</recipient><mpesaReceipt>CKD4A2MX7P1</mpesaReceipt>\
            <transactionDate>2026-11-18T15:03:00.000Z</transactionDate><accountReference>01450000011</accountReference>\
            <transactionID>55667788</transactionID></transaction></request></mpesaBroker>
            """
        }
        for way in [Data(digest), Data(hex.uppercased().utf8), Data(hex.lowercased().utf8)] {
            let notice = try payment(driver, Call(body: Self.body(text(way.base64EncodedString()))))
            #expect(notice.id == "55667788" && notice.receipts == ["CKD4A2MX7P1"] && notice.amount.minor == 6_002_500)
            #expect(notice.time?.text == "2026-11-18T18:03:00" && notice.canRefuse)
            let answer = driver.answer(.pay(notice, evidence: ""), .decided(.refused(.unknownDevice)))
            #expect(answer.body.contains("<responseCode>0</responseCode>") && answer.body.contains("c-1"))
        }
        #expect(throws: CallFault.unproven) {
            try driver.read(Call(body: Self.body(text("our-word"))), at: Self.now)
        }
    }

    @Test("Airtel's notices need user and password")
    func airtel() throws {
        let driver = try Self.driver(.airtelTZ, ["user": "umeme", "password": "our-word"])
        func text(_ password: String) -> String {
            """
            <COMMAND><TYPE>C2B</TYPE><APIUser>umeme</APIUser><APIPassword>\(password)</APIPassword><INTERFACEID>X</INTERFACEID>\
            <BusinessNumber>100200</BusinessNumber><TransID>MP261118.1803.A12345</TransID><Amount>5000</Amount>\
            <ReferenceField>01450000011</ReferenceField><Msisdn>685000001</Msisdn><TRID>t-1</TRID></COMMAND>
            """
        }
        let notice = try payment(driver, Call(body: Self.body(text("our-word"))))
        #expect(notice.amount.minor == 500_000 && notice.payerPhone?.e164 == "+255685000001" && !notice.canRefuse)
        #expect(throws: CallFault.unproven) { try driver.read(Call(body: Self.body(text("word"))), at: Self.now) }
    }

    @Test("Paystack's events count only with their signature, and only if money came")
    func paystack() throws {
        let driver = try Self.driver(.paystack, ["secret_key": "sk_test_ours"])
        func call(_ text: String, key: String = "sk_test_ours") throws -> Call {
            let mac = try LibCrypto.hmac(.sha512, key: Array(key.utf8), message: Array(text.utf8))
            return Call(headers: ["x-paystack-signature": Hexadecimal.text(mac).lowercased()], body: Array(text.utf8))
        }
        let text =
            #"{"event":"charge.success","data":{"id":302961,"reference":"qTPrJoy9Bx","amount":1000050,"currency":"TZS","status":"success","paid_at":"2026-11-18T15:03:00.000Z","metadata":{"serial":"01450000011"},"customer":{"phone":"0712000678"}}}"#
        let notice = try payment(driver, try call(text))
        #expect(notice.amount.minor == 1_000_050 && notice.reference == "01450000011" && notice.isProven)
        #expect(notice.id == "302961" && notice.payerPhone?.e164 == "+255712000678")
        #expect(throws: CallFault.unproven) { try driver.read(try call(text, key: "guess"), at: Self.now) }
        guard case .nothing = try driver.read(try call(#"{"event":"charge.failed","data":{}}"#), at: Self.now) else {
            Issue.record("a failed charge counts")
            return
        }
    }

    @Test("what a payer adds to a charge does not decide about its money")
    func flutterwave() throws {
        let driver = try Self.driver(.flutterwave, ["secret_hash": "our-hash"], trusted: true)
        func call(_ status: String, _ extra: String) -> Call {
            Call(
                headers: ["verif-hash": "our-hash"],
                body: Array(
                    #"{"event":"charge.completed","meta_data":\#(extra),"data":{"id":4975363,"tx_ref":"order-7","flw_ref":"FLW-1","amount":100,"currency":"TZS","status":"\#(status)","customer":{"name":"Rehema","phone_number":"0712000678"},"meta":{"serial":"01450000011"}}}"#
                        .utf8))
        }
        let lie = #"{"status":"successful","amount":100000,"id":"x1","flw_ref":"x2"}"#
        let notice = try payment(driver, call("successful", lie))
        #expect(notice.amount.minor == 10_000 && notice.id == "4975363" && notice.reference == "01450000011")
        guard case .nothing = try driver.read(call("failed", lie), at: Self.now) else {
            Issue.record("a failed charge counts")
            return
        }
    }

    @Test("UTF-16 does not hide a document type, and another encoding is refused")
    func encodings() throws {
        let driver = try Self.driver(.mixxTZ, ["biller": "umeme"])
        let wide = ("<!DOCTYPE x>" + Self.mixx()).utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        #expect(throws: CallFault.malformed) { try driver.read(Call(body: wide), at: Self.now) }
        let latin = Self.mixx().replacing("UTF-8", with: "UTF-7")
        #expect(throws: CallFault.malformed) { try driver.read(Call(body: Self.body(latin)), at: Self.now) }
    }

    @Test("requests nested without end are refused", arguments: ["[", #"{"a":"#, #"{"Data":["#, #"{"Data":{"a":"#])
    func deep(opening: String) throws {
        let secrets = ["key": "x", "hash_key": "x", "token_key": "x", "secret_hash": "x", "secret_key": "x"]
        for kind in [NoticeDriverKind.azampay, .safaricomKE, .flutterwave] {
            let driver = try Self.driver(kind, secrets)
            for count in [65, 500, 20_000] {
                let body = Array(String(repeating: opening, count: count).utf8)
                #expect(throws: CallFault.self) {
                    try driver.read(
                        Call(
                            path: ["confirmation"], query: ["key": "x"], headers: ["verif-hash": "x"], body: body),
                        at: Self.now)
                }
            }
        }
    }

    @Test("a list of lists that ends is no deeper than its brackets", arguments: [10, 63, 64, 400])
    func nested(count: Int) throws {
        let driver = try Self.driver(.flutterwave, ["secret_hash": "x"])
        let list = String(repeating: "[", count: count) + String(repeating: "]", count: count)
        let call = Call(
            headers: ["verif-hash": "x"],
            body: Array(#"{"id":1,"amount":5,"status":"successful","more":\#(list)}"#.utf8))
        if count < 64 {
            #expect(try payment(driver, call).amount.minor == 500)
        } else {
            #expect(throws: CallFault.malformed) { try driver.read(call, at: Self.now) }
        }
    }

    @Test("no bytes make a driver stop", arguments: 0..<200)
    func hostile(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let pieces = [
            "<", ">", "</COMMAND>", "<COMMAND>", "&amp;", "&#0;", "&#x110000;", "{", "}", "[", "]", "\"", "\\", ":",
            ",",
            "\"Data\"", "1e400", "-", "9999999999999999999", "\u{0}", "é", "<![CDATA[", "]]>", "TXNID", "null",
        ]
        let text = (0..<80).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        let secrets = Dictionary(
            uniqueKeysWithValues: NoticeDriverKind.allCases.flatMap(\.secrets).map { ($0, "x") }.uniqued())
        for kind in NoticeDriverKind.allCases where kind.isBuilt {
            let driver = try Self.driver(kind, secrets)
            _ = try? driver.read(
                Call(path: ["x", "payment"], headers: ["verif-hash": "x"], body: Array(text.utf8)), at: Self.now)
        }
    }
}

extension Sequence where Element == (String, String) {
    fileprivate func uniqued() -> [(String, String)] {
        var seen: Set<String> = []
        return filter { seen.insert($0.0).inserted }
    }
}
