import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

@Suite("USSD from the modem")
struct USSDCommandTests {
    private static func menu(_ inputs: [String]) -> USSDScreen? {
        switch inputs {
        case ["*102#"]: USSDScreen("Salio: Tsh 1,250.00", coding: .packed)
        case ["*150*00#"]: USSDScreen("1 Tuma\n2 Salio", state: 1)
        case ["*150*00#", "2"]: USSDScreen("Weka PIN", state: 1, coding: .ucs2)
        case ["*150*00#", "2", "4711"]: USSDScreen("Salio lako ni Tsh 15,618.00")
        default: nil
        }
    }

    @Test("a code and its answers are sent with one command, and the records keep neither")
    func send() async throws {
        try await Gateway.run { gateway in
            gateway.modem.answerUSSD(Self.menu)
            try await gateway.startReady()
            func ussd(_ words: String...) throws -> CommandResult {
                try gridpost(["ussd", "send"] + words, environment: ["GRIDPOST_SOCKET": gateway.socket])
            }
            let balance = try ussd("office", "*102#")
            #expect(balance.status == 0 && balance.output == "Salio: Tsh 1,250.00\n")
            let wallet = try ussd("office", "*150*00#", "--answer", "2", "--answer", "4711")
            #expect(wallet.output == "1 Tuma\n2 Salio\nWeka PIN\nSalio lako ni Tsh 15,618.00\n")
            // Without more answers the session is ended.
            let half = try ussd("office", "*150*00#")
            #expect(half.status == 0 && half.errors.contains("--answer") && !gateway.modem.isInUSSD)
            let json = try ussd("office", "*102#", "--json")
            let view = try AdminClient.decode(USSDView.self, Data(json.output.utf8))
            #expect(view.state == "ended" && view.text == "Salio: Tsh 1,250.00" && view.lines.count == 1)
            let silent = try ussd("office", "*999#", "--seconds", "1")
            #expect(silent.status == 1 && silent.errors.contains("did not answer"))
            #expect(try ussd("tower", "*102#").status == 1)
            let log = try await gateway.json("/v1/audit-log")
            let words = String(decoding: try JSONEncoder().encode(log), as: UTF8.self)
            #expect(words.contains("ussd") && !words.contains("4711") && !words.contains("*102#"))
        }
    }
}
