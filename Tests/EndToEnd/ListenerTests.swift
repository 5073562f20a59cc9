import Admin
import Foundation
import FoundationNetworking
import Simulator
import TestSupport
import Testing
import Tokens

private typealias Gateway = GatewayUnderTest

@Suite("The listener for wallets and aggregators")
struct ListenerTests {
    private static func run(_ tables: String, _ body: (ListenerUnderTest) async throws -> Void) async throws {
        try await ListenerUnderTest.run(tables) { listening in
            try await listening.gateway.startReady()
            try await listening.isListening()
            try await listening.gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            try await body(listening)
            try await listening.gateway.expectCleanAudit()
        }
    }

    @Test("a payment over HTTP gives a token by SMS; a wrong serial is refused; a kill in between changes nothing")
    func payment() async throws {
        try await Self.run(ListenerUnderTest.mixx) { listening in
            let gateway = listening.gateway
            let look = try await listening.post(
                "/payments/mixx-tz", ListenerUnderTest.mixxNotice("L1", type: "SYNC_LOOKUP_REQUEST"))
            #expect(look.0 == 200 && look.1.contains("<RESULT>TS</RESULT>"))
            let wrong = try await listening.post(
                "/payments/mixx-tz", ListenerUnderTest.mixxNotice("BP0", reference: "99"))
            #expect(wrong.1.contains("error010"))
            let paid = try await listening.post("/payments/mixx-tz", ListenerUnderTest.mixxNotice("BP1"))
            #expect(paid.1.contains("<RESULT>TS</RESULT>") && paid.1.contains("<REFID>1</REFID>"))
            gateway.killHard()
            try await gateway.startReady()
            try await wait(for: "the listener") {
                (try? await listening.post("/payments/mixx-tz", ListenerUnderTest.mixxNotice("BP1")))?.1 == paid.1
            }
            // If the kill met the sending, a copy of the same token follows.
            try await wait(for: "the token") {
                Set(gateway.texts(to: "+255712000678").flatMap(Gateway.tokens)).count == 1
            }
            let enquiry = try await listening.post(
                "/payments/mixx-tz", ListenerUnderTest.mixxNotice("BP1", type: "SYNC_ENQUIRY"))
            #expect(enquiry.1.contains("<RESULT>TS</RESULT>"))
            #expect(try await gateway.payments().count == 1)
        }
    }

    @Test("foreign addresses, huge and malformed bodies, unknown routes and floods leave nothing but a count")
    func strangers() async throws {
        let tables =
            ListenerUnderTest.mixx + ListenerUnderTest.aggregator + #"allow = ["192.0.2.0/24"]"#
        try await Self.run("proxy = [\"127.0.0.1\"]\n" + tables) { listening in
            let mixx = ListenerUnderTest.mixxNotice("BP1")
            // Behind a proxy the forwarded address counts, and only the last one, which the proxy has written.
            for forwarded in ["203.0.113.5", "127.0.0.1, 203.0.113.5", "192.0.2.1,203.0.113.5"] {
                let answer = try await listening.post(
                    "/payments/mixx-tz", mixx, headers: ["X-Forwarded-For": forwarded])
                #expect(answer.0 == 403)
            }
            #expect(try await listening.post("/payments/mixx-tz", String(repeating: "<a>", count: 40_000)).0 == 413)
            #expect(try await listening.post("/payments/mixx-tz", "<COMMAND>").0 == 400)
            #expect(try await listening.post("/payments/safaricom-ke/confirmation", "{}").0 == 404)
            #expect(try await listening.post("/v1/payments", "{}").0 == 404)
            #expect(try await listening.post("/ussd/africastalking", "sessionId=1").0 == 403)
            let ussd = ["X-Forwarded-For": "192.0.2.9"]
            #expect(try await listening.post("/ussd/africastalking", "sessionId=1", headers: ussd).0 == 401)
            let bad = try await listening.post("/ussd/africastalking?key=the-secret-word", "text=1", headers: ussd)
            #expect(bad.0 == 400)
            let refused = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<600 { group.addTask { try await listening.post("/payments/mixx-tz", "<x/>").0 } }
                return try await group.reduce(0) { $0 + ($1 == 429 ? 1 : 0) }
            }
            #expect(refused > 0)
            #expect(try await listening.gateway.payments().isEmpty)
            #expect(try await listening.gateway.messages().isEmpty)
            try await wait(for: "the count in the log") { listening.gateway.log.contains("wrong_address") }
            #expect(!listening.gateway.log.contains("203.0.113.5"))
        }
    }

    @Test(
        "Vodacom's notices are acknowledged, and each result is reported until the broker takes it, also after a kill")
    func reports() async throws {
        let broker = try await RawServer(
            Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8))
        let table = """
            [[http.payments]]
            driver = "vodacom-tz"
            wallet = "mpesa-tz"
            credentials = "VODACOM"
            allow = ["127.0.0.0/8"]
            trusted = true
            result_url = "\(broker.url)/result"
            """
        try await Self.run(table) { listening in
            let format = DateFormatter()
            format.timeZone = TimeZone(identifier: "Africa/Dar_es_Salaam")
            format.dateFormat = "yyyyMMddHHmmss"
            let stamp = format.string(from: Date())
            let password = Data(try LibCrypto.sha256(Array("338899our-word\(stamp)".utf8))).base64EncodedString()
            func notice(_ id: String, _ reference: String) async throws -> String {
                try await listening.post(
                    "/payments/vodacom-tz",
                    """
                    <mpesaBroker><request><serviceProvider><spId>338899</spId><spPassword>\(password)</spPassword>\
                    <timestamp>\(stamp)</timestamp></serviceProvider><transaction><amount>10000.0</amount>\
                    <initiator>255712000678</initiator><conversationID>c-\(id)</conversationID>\
                    <mpesaReceipt>CKD4A2MX7P\(id)</mpesaReceipt><accountReference>\(reference)</accountReference>\
                    <transactionID>\(id)</transactionID></transaction></request></mpesaBroker>
                    """
                ).1
            }
            #expect(try await notice("1", Gateway.firstMeter).contains("<responseCode>0</responseCode>"))
            #expect(try await notice("2", "99").contains("<responseCode>0</responseCode>"))
            listening.gateway.killHard()
            try await listening.gateway.startReady()
            try await wait(for: "both results") {
                broker.received.contains("<resultCode>0</resultCode>") && broker.received.contains("c-1")
                    && broker.received.contains("<resultCode>999</resultCode>") && broker.received.contains("c-2")
            }
            #expect(!broker.received.contains("our-word"))
            #expect(try await listening.gateway.payments().map(\.state) == ["completed"])
        }
        try await broker.stop()
    }

    @Test("a session of Africa's Talking is led through the menus, and goes on after a restart")
    func ussd() async throws {
        try await Self.run(ListenerUnderTest.aggregator) { listening in
            func step(_ text: String, session: String = "ATUid_1") async throws -> String {
                let answer = try await listening.post(
                    "/ussd/africastalking?key=the-secret-word",
                    "sessionId=\(session)&serviceCode=*384*5%23&phoneNumber=%2B255712000678&networkCode=64004&text=\(text)"
                )
                return answer.1
            }
            #expect(try await step("").hasPrefix("CON Umeme Bora\n1 Last token"))
            #expect(try await step("3").hasPrefix("CON "))
            listening.gateway.killHard()
            try await listening.gateway.startReady()
            try await wait(for: "the listener") { (try? await step("3*1"))?.contains(Gateway.firstMeter) ?? false }
            #expect(try await step("3*1").hasPrefix("END "))
            #expect(try await step("4*2", session: "ATUid_2").hasPrefix("END Thank you"))
            try await wait(for: "the ticket") { try await listening.gateway.tickets().count == 1 }
        }
    }
}
