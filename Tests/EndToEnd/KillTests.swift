import Admin
import Foundation
import Simulator
import TestSupport
import Testing

@Suite("Killed at random moments", .serialized)
struct KillTests {
    /// 200 kills in 300 payments for `make test-crash`, and fewer in the normal test run.
    private static let isFull = ProcessInfo.processInfo.environment["GRIDPOST_CRASH_TEST"] == "full"
    private static let kills = isFull ? 200 : 12
    private static let payments = isFull ? 300 : 30

    /// The wallet's balance before the first payment and the amount of each payment, in whole shillings.
    private static let (held, each) = (1_000_000, 10_000)

    @Test(
        "each payment gets one set of allocations, one token and one message, however often the daemon is killed, with an anchored chain, forged texts and a poison message"
    )
    func kills() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await GatewayUnderTest.run(unproved: "") { gateway in
            gateway.environment = ["GRIDPOST_TEST_TRAP": "pangram", "SWIFT_BACKTRACE": "enable=no"]
            try await gateway.startReady()
            let anchored = try gateway.command("wallets", "balance", "mpesa-tz", "\(Self.held).00")
            try #require(anchored.status == 0, "\(anchored.errors)")
            func revived(_ condition: () async throws -> Bool) async throws -> Bool {
                if gateway.daemon?.isRunning != true { try gateway.start() }
                return try await condition()
            }
            let customers = (0..<20).map { index in
                let serial = MeterNumbers.valid(index)
                return (name: "Customer\(index)", phone: "+2557120\(10_000 + index)", serial: serial)
            }
            try await gateway.register(customers)
            var random = SeededGenerator(seed: seed)
            var delivered = 0
            for kill in 0..<Self.kills {
                let target = Self.payments * (kill + 1) / Self.kills
                while delivered < target {
                    let customer = customers[delivered % customers.count]
                    gateway.modem.deliver(
                        from: "M-PESA",
                        GatewayUnderTest.confirmation(
                            Self.transaction(delivered), from: String(customer.phone.dropFirst()),
                            balance: RunningWallet.shillings(Self.held + Self.each * (delivered + 1))))
                    delivered += 1
                    guard delivered % 10 == 5 else { continue }
                    // A forged text with a balance that the wallet never had.
                    gateway.modem.deliver(
                        from: "M-PESA",
                        GatewayUnderTest.confirmation(
                            "CKF4A2M\(1_000 + delivered)", "90,000.00", from: String(customer.phone.dropFirst()),
                            balance: RunningWallet.shillings(7_000_000 + delivered)))
                    if delivered == 5 { gateway.modem.deliver(from: "+255712099999", "a pangram") }
                }
                // Any moment of the daemon's life: starting, reading, deciding, sending.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...900, using: &random)))
                gateway.killHard()
                try gateway.start()
            }
            try await wait(for: "all payments to be completed (seed \(seed))") {
                try await revived { (try? await gateway.status().payments["completed"]) == Self.payments }
            }
            try await wait(for: "all messages to be sent (seed \(seed))") {
                try await revived {
                    guard let outbox = try? await gateway.status().outbox else { return false }
                    return (outbox["queued"] ?? 0) + (outbox["sending"] ?? 0) == 0
                }
            }

            let all = try await gateway.payments()
            let list = all.filter { $0.state == "completed" }
            #expect(all.filter { $0.txnId.hasPrefix("CKF") }.allSatisfy { $0.token == nil && $0.state != "completed" })
            let poison = try #require(try await gateway.messages().first { $0.text == "a pangram" })
            #expect(poison.state == "failed")
            #expect(list.count == Self.payments)
            #expect(Set(list.map(\.txnId)) == Set((0..<Self.payments).map(Self.transaction)))
            let phones = Dictionary(grouping: gateway.modem.sentTexts) { $0.recipient }
            var tokens: Set<String> = []
            for item in list {
                let payment = try await gateway.payment(item.id)
                let token = try #require(payment.token)
                #expect(tokens.insert(token.token).inserted, "a token came twice")
                #expect(payment.allocations?.filter { $0.kind == "energy" }.count == 1)
                let message = try #require(payment.messages?.first)
                #expect(payment.messages?.count == 1)
                let texts = phones[message.to] ?? []
                #expect(texts.contains { $0.text == message.text }, "payment \(payment.id) got no answer")
            }
            // Every token that was sent is in the database.
            let known = Set(tokens)
            for (_, text) in gateway.modem.sentTexts {
                #expect(GatewayUnderTest.tokens(in: text).allSatisfy(known.contains))
            }
            try await gateway.expectCleanAudit()
            print(
                "killed \(Self.kills) times in \(Self.payments) payments: \(gateway.modem.sent.count) SMS for \(list.count) tokens"
            )
        }
    }

    @Test(
        "each token is requested from the vendor at most once, however often the daemon is killed; doubtful requests wait for staff"
    )
    func vendorKills() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await VendorServer.run { vendor in
            try await GatewayUnderTest.run(calin: vendor.url) { gateway in
                try await gateway.startReady()
                try await gateway.importCSV("tariffs", "name,price_per_kwh\nDomestic,250\n")
                let rows = (0..<Self.payments).map {
                    "C\($0),+2557120\(10_000 + $0),Kijiji,Kisiwa,Pwani,meter,CAL\(1_000 + $0),Domestic,calin"
                }
                try await gateway.importCSV(
                    "customers",
                    "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,token\n"
                        + rows.joined(separator: "\n") + "\n")
                var random = SeededGenerator(seed: seed)
                // Slow enough to be killed while it works.
                vendor.behave(all: .slow(.milliseconds(60)))
                var delivered = 0
                for kill in 0..<Self.kills {
                    while delivered < Self.payments * (kill + 1) / Self.kills {
                        gateway.modem.deliver(
                            from: "M-PESA",
                            GatewayUnderTest.confirmation(
                                Self.transaction(delivered), from: "2557120\(10_000 + delivered)"))
                        delivered += 1
                    }
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...900, using: &random)))
                    gateway.killHard()
                    try gateway.start()
                }
                func open() async throws -> [PaymentView] {
                    let all = try await gateway.payments()
                    var open: [PaymentView] = []
                    for payment in all where payment.state != "completed" {
                        open.append(try await gateway.payment(payment.id))
                    }
                    return open
                }
                try await wait(for: "each token to be made or in doubt (seed \(seed))") {
                    // The daemon may still be starting.
                    guard let open = try? await open(), let counts = try? await gateway.status().payments else {
                        return false
                    }
                    return counts.values.reduce(0, +) == Self.payments
                        && open.allSatisfy { $0.tokenRequest?.state == "unknown" }
                }
                // No token was requested twice.
                let asked = Dictionary(grouping: vendor.orders) { $0["meter_id"] ?? "" }
                #expect(asked.values.allSatisfy { $0.count == 1 })
                for payment in try await open() {
                    let token = String(repeating: "9", count: 12) + String(10_000_000 + payment.id)
                    let answer = try await gateway.client.post(
                        "/v1/payments/\(payment.id)/token/settle", Data(#"{"token":"\#(token)"}"#.utf8))
                    #expect(answer.status == 200)
                }
                let all = try await gateway.payments()
                #expect(all.allSatisfy { $0.state == "completed" })
                try await wait(for: "all messages to be sent") {
                    let outbox = try await gateway.status().outbox
                    return (outbox["queued"] ?? 0) + (outbox["sending"] ?? 0) == 0
                }
                var tokens: Set<String> = []
                for item in all {
                    let payment = try await gateway.payment(item.id)
                    let token = try #require(payment.token?.token)
                    #expect(tokens.insert(token).inserted)
                    let texts = gateway.texts(to: payment.payerMsisdn ?? "")
                    #expect(texts.contains { $0.filter(\.isNumber).contains(token) })
                    #expect(payment.messages?.filter { $0.text.contains("on its way") }.count == 1)
                }
                try await gateway.expectCleanAudit()
                // The log contains neither full tokens nor the vendor's secrets.
                #expect(tokens.allSatisfy { !gateway.log.contains($0) } && !gateway.log.contains("a secret of ours"))
            }
        }
    }

    private static func transaction(_ number: Int) -> String { "CKD4A2M" + String(1_000 + number) }
}
