import Admin
import Foundation
import NIOConcurrencyHelpers
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

    @Test("the airtime is asked for, staff are told when it is low, and a bundle is bought within its daily limit")
    func airtime() async throws {
        let networks = """
            [[queries]]
            id = "bundle"
            dial = "*102#"
            answers = ["1"]
            balance_after = ["salio:"]
            sms_before = ["sms zimebaki"]
            [[queries.examples]]
            text = "Salio: Tsh 40.00. 3 SMS zimebaki."
            balance = "40.00"
            sms = 3
            """
        try await Self.withQuery(networks) { _, paths in
            let plan = """
                [modems.airtime]
                query = "own/bundle"
                minimum = 50
                [modems.airtime.bundle]
                dial = "*149*01#"
                answers = ["2"]
                price = 500
                below = 10
                """
            try await Gateway.run(more: paths, modemMore: plan) { gateway in
                gateway.modem.answerUSSD { inputs in
                    switch inputs {
                    case ["*102#"]: USSDScreen("1 Salio", state: 1)
                    case ["*102#", "1"]: USSDScreen("Salio: Tsh 40.00. 3 SMS zimebaki.")
                    case ["*149*01#"]: USSDScreen("1 Siku\n2 Wiki", state: 1)
                    case ["*149*01#", "2"]: USSDScreen("Umenunua SMS 100.")
                    default: nil
                    }
                }
                try await gateway.startReady()
                try await gateway.importCSV("staff", "name,phone\nAsha,+255754000333\n")
                struct Page<Item: Decodable & Sendable>: Decodable, Sendable { var items: [Item] }
                try await wait(for: "two checks, with the purchase between them") {
                    try await gateway.client.get("/v1/airtime", as: Page<AirtimeCheckView>.self).value.items.count == 2
                }
                let checks = try await gateway.client.get("/v1/airtime", as: Page<AirtimeCheckView>.self).value.items
                #expect(checks.allSatisfy { $0.sms == 3 && $0.balance?.amount == "40.00" && $0.failure == nil })
                let bought = try await gateway.client.get(
                    "/v1/airtime/purchases", as: Page<BundlePurchaseView>.self
                ).value.items
                #expect(bought.map(\.answer) == ["Umenunua SMS 100."])
                #expect(gateway.modem.ussdInputs == ["*102#", "1", "*149*01#", "2", "*102#", "1"])
                let list = try gridpost(["ussd", "airtime", "--socket", gateway.socket])
                #expect(list.output.contains("40.00 TZS"))
                try await wait(for: "the alert") {
                    gateway.texts(to: "+255754000333").contains { $0.contains("3 SMS") }
                }
            }
        }
    }

    private static let staff = "+255754000333"

    /// With a folder of overrides that has one file of queries, and the configuration's section that names it.
    private static func withQuery(_ queries: String, _ body: (URL, String) async throws -> Void) async throws {
        try await Fixtures.withFolder { folder in
            let own = folder.appendingPathComponent("ussd/networks")
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
            let file = own.appendingPathComponent("own.toml")
            try "network = \"vodacom\"\ncountry = \"TZ\"\n\(queries)".write(to: file, atomically: true, encoding: .utf8)
            try await body(folder, "[paths]\noverrides = \"\(folder.path)\"")
        }
    }

    /// With a wallet whose balance is behind a menu and the PIN 4711. `answer` is what the PIN is answered with.
    private static func withWallet(
        answer: @escaping @Sendable () -> USSDScreen?, _ body: (Gateway) async throws -> Void
    ) async throws {
        let query = """
            [[queries]]
            id = "wallet"
            dial = "*150*00#"
            answers = ["6", "{pin}"]
            pin_prompts = ["weka pin"]
            not_now = ["Huduma haipatikani, jaribu baadaye"]
            balance_after = ["salio lako ni"]
            [[queries.examples]]
            text = "Salio lako ni Tsh 15,618.00"
            balance = "15618.00"
            """
        try await withQuery(query) { folder, paths in
            let pin = folder.appendingPathComponent("wallet.pin")
            try Data("4711\n".utf8).write(to: pin)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pin.path)
            let wallet = """
                [[modems.wallets]]
                wallet = "mpesa-tz"
                query = "own/wallet"
                pin_file = "\(pin.path)"
                """
            try await Gateway.run(more: paths, modemMore: wallet) { gateway in
                gateway.modem.answerUSSD { inputs in
                    switch inputs {
                    case ["*150*00#"]: USSDScreen("1 Tuma\n6 Akaunti", state: 1)
                    case ["*150*00#", "6"]: USSDScreen("Weka PIN", state: 1)
                    case ["*150*00#", "6", "4711"]: answer()
                    default: nil
                    }
                }
                try await body(gateway)
            }
        }
    }

    private static func wallet(_ gateway: Gateway) async throws -> WalletView? {
        struct Page: Decodable, Sendable { var items: [WalletView] }
        return try await gateway.client.get("/v1/wallets", as: Page.self).value.items.first {
            $0.provider == "mpesa-tz" && $0.modem != nil
        }
    }

    @Test("a wallet is asked for its balance with its PIN; a refused PIN is given once, and no record has it")
    func wallet() async throws {
        let answers = Answers()
        try await Self.withWallet(answer: { answers.next }) { gateway in
            try await gateway.startReady()
            try await gateway.importCSV("staff", "name,phone\nAsha,\(Self.staff)\n")
            func timesGiven() -> Int { gateway.modem.ussdInputs.count { $0 == "4711" } }
            try await wait(for: "the balance") { try await Self.wallet(gateway)?.anchoredAt != nil }
            #expect(try await Self.wallet(gateway)?.balance?.amount == "15618.00")
            // The wallet refuses the PIN: once more by order of staff, then never.
            answers.set(USSDScreen("PIN 4711 si sahihi. Huduma haipatikani, jaribu baadaye"))
            let asked = try gridpost(["wallets", "ask", "mpesa-tz", "--socket", gateway.socket])
            #expect(asked.status == 0)
            try await wait(for: "the refusal") {
                try await Self.wallet(gateway)?.askFailure?.contains("not understood") == true
            }
            #expect(timesGiven() == 2 && !gateway.texts(to: Self.staff).contains { $0.contains("4711") })
            #expect(try await Self.wallet(gateway)?.balance?.amount == "15618.00")
            try await wait(for: "the alert") {
                gateway.texts(to: Self.staff).contains { $0.contains("PIN **** si sahihi") }
            }
            // A text that says nothing about the PIN locks nothing.
            answers.set(USSDScreen("Huduma haipatikani, jaribu baadaye."))
            _ = try gridpost(["wallets", "ask", "mpesa-tz", "--socket", gateway.socket])
            try await wait(for: "the answer") {
                try await Self.wallet(gateway)?.askFailure?.contains("not available") == true
            }
            #expect(!gateway.log.contains("4711") && !gateway.log.contains("PIN si sahihi"))
            let log = try await gateway.json("/v1/audit-log")
            #expect(!String(decoding: try JSONEncoder().encode(log), as: UTF8.self).contains("4711"))
            #expect(try gridpost(["wallets", "ask", "airtel-tz", "--socket", gateway.socket]).status == 1)
        }
    }

    @Test("a daemon that is killed each time after the PIN was given gives it twice, then tells staff")
    func killedAfterThePIN() async throws {
        try await Self.withWallet(answer: { nil }) { gateway in
            func timesGiven() -> Int { gateway.modem.ussdInputs.count { $0 == "4711" } }
            for time in 1...2 {
                try await gateway.startReady()
                if time == 1 { try await gateway.importCSV("staff", "name,phone\nAsha,\(Self.staff)\n") }
                try await wait(for: "the PIN") { timesGiven() == time }
                gateway.killHard()
            }
            try await gateway.startReady()
            try await wait(for: "the alert") {
                gateway.texts(to: Self.staff).contains { $0.contains("did not answer twice") }
            }
            #expect(timesGiven() == 2)
        }
    }
}

/// What the wallet answers next.
private final class Answers: Sendable {
    private let screen = NIOLockedValueBox(USSDScreen("Salio lako ni Tsh 15,618.00"))
    var next: USSDScreen { screen.withLockedValue { $0 } }
    func set(_ new: USSDScreen) { screen.withLockedValue { $0 = new } }
}
