import Domain
import Gateway
import Store
import TestSupport
import Testing
import Tokens

private let rehema = "+255712000678"
private let calinMeter = "CAL0001"

/// A vendor that charges its meters over the air, recognises an order by its id, and can be asked for its outcome.
private actor RemoteMaker: VendorAPI {
    nonisolated let traits: VendorTraits
    nonisolated func isToken(_ code: String) -> Bool { !code.isEmpty }
    private var results: [Result<VendorDelivery?, VendorFailure>]
    private(set) var orders: [VendorOrder] = []
    private(set) var inquiries = 0

    init(isIdempotent: Bool, canBeAsked: Bool, _ results: Result<VendorDelivery?, VendorFailure>...) {
        var traits = VendorTraits(kinds: [.meter])
        traits.chargesOverTheAir = true
        traits.isIdempotent = isIdempotent
        traits.canBeAsked = canBeAsked
        self.traits = traits
        self.results = results
    }

    func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery {
        orders.append(order)
        return try next() ?? .overTheAir
    }

    func outcome(of order: VendorOrder) async throws(VendorFailure) -> VendorDelivery? {
        inquiries += 1
        return try next()
    }

    private func next() throws(VendorFailure) -> VendorDelivery? {
        results.isEmpty ? .overTheAir : try results.removeFirst().get()
    }
}

@Suite("Vendor tokens")
struct VendorTests {
    private static func run(
        timeout: Double = 60, _ body: (DeskUnderTest, VendorServer) async throws -> Void
    ) async throws {
        try await VendorServer.run { server in
            let endpoint = try #require(
                VendorEndpoint(url: server.url, timeout: timeout, exchange: URLSessionExchange()))
            let vendors: [String: any VendorAPI] = [
                "calin": CalinAPI(endpoint, user: "u", password: "p"),
                "sunking": SunKingAPI(endpoint, authURL: server.url + "/auth", client: "c", secret: "s"),
            ]
            try await DeskUnderTest.run(vendors: vendors) { desk in
                try await desk.registerVendorMeter(token: "calin")
                try await body(desk, server)
            }
        }
    }

    @Test("the payer is told at once that the token will follow, and gets it when it arrives")
    func good() async throws {
        try await Self.run { desk, server in
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            #expect(payment.state == .tokenPending)
            #expect(try await desk.texts(to: rehema).last?.contains("on its way") == true)
            try await desk.receive("balance", from: rehema)
            #expect(try await desk.texts(to: rehema).last?.contains("A token for TZS 1,000 is on its way.") == true)
            try await desk.expectCleanAudit()
            #expect(try await desk.askVendor("calin"))
            #expect(try await desk.state(of: payment.id) == .completed)
            #expect(try await desk.texts(to: rehema).last?.contains("0000 0000 0000 0400 0001") == true)
            #expect(try await desk.texts(to: rehema).count == 3)
            let order = try #require(server.orders.first)
            #expect(order["meter_id"] == calinMeter && order["amount"] == "4" && order["token_type"] == "CreditToken")
            #expect(try await desk.askVendor("calin") == false)
            try await desk.receive("token", from: rehema)
            #expect(try await desk.texts(to: rehema).last?.contains("0000 0000 0000 0400 0001") == true)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a request that the vendor refuses is not repeated, and staff must look", arguments: [true, false])
    func refusal(settles: Bool) async throws {
        try await Self.run { desk, server in
            server.behave(.refusal)
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            _ = try await desk.askVendor("calin")
            #expect(try await desk.state(of: payment.id) == .tokenPending)
            #expect(try await desk.request(payment.id)?.state == .refused)
            #expect(try await desk.thread(1).first?.body.contains("meter not found") == true)
            #expect(try await desk.texts(to: rehema).count == 1)
            #expect(try await desk.askVendor("calin") == false)
            try await desk.expectCleanAudit()
            if settles {
                await #expect(throws: PaymentOperations.Refusal.self) {
                    try await desk.order { try $0.settle(payment.id, token: "12x4", $1) }
                }
                await #expect(throws: PaymentOperations.Refusal.self) {
                    try await desk.order { try $0.settle(payment.id, token: "12345678", $1) }
                }
                try await desk.order { try $0.settle(payment.id, token: "1111 2222 3333 4444 5555", $1) }
                #expect(try await desk.texts(to: rehema).last?.contains("1111 2222 3333 4444 5555") == true)
            } else {
                try await desk.order { try $0.retry(payment.id, $1) }
                #expect(try await desk.askVendor("calin"))
            }
            #expect(try await desk.state(of: payment.id) == .completed)
            await #expect(throws: PaymentOperations.Refusal.self) {
                try await desk.order { try $0.retry(payment.id, $1) }
            }
            try await desk.expectCleanAudit()
        }
    }

    @Test("a vendor that issues the token but answers too late leaves the order in doubt: it is not asked again")
    func timeOut() async throws {
        try await Self.run(timeout: 2) { desk, server in
            server.behave(.slow(.seconds(60)))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            _ = try await desk.askVendor("calin")
            #expect(try await desk.request(payment.id)?.state == .unknown)
            #expect(try await desk.tickets().first?.subject.contains("in doubt") == true)
            desk.clock.advance(.seconds(86_400))
            #expect(try await desk.askVendor("calin") == false)
            #expect(server.orders.count == 1)
            #expect(try await desk.texts(to: rehema).count == 1)
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a vendor that sends its answer byte by byte, or without end, is cut off after a time limit",
        arguments: [
            VendorServer.Behaviour.dripping, .endless,
        ])
    func dripping(_ behaviour: VendorServer.Behaviour) async throws {
        try await Self.run(timeout: 1) { desk, server in
            server.behave(behaviour)
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            let start = ContinuousClock.now
            _ = try await desk.askVendor("calin")
            #expect(start.duration(to: .now) < .seconds(100))
            #expect(try await desk.request(payment.id)?.state == .unknown)
        }
    }

    @Test("a token that another meter had is in doubt, and staff cannot deliver it a second time")
    func repeatedToken() async throws {
        try await Self.run { desk, server in
            server.behave(.token("11112222333344445555"), .token("11112222333344445555"))
            let first = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            let second = try await desk.pay("CKD4A2MX7P2", "1,000", for: calinMeter)
            for _ in 0..<2 { _ = try await desk.askVendor("calin") }
            #expect(try await desk.state(of: first.id) == .completed)
            #expect(try await desk.request(second.id)?.state == .unknown)
            #expect(try await desk.texts(to: rehema).filter { $0.contains("1111 2222") }.count == 1)
            await #expect(throws: PaymentOperations.Refusal.self) {
                try await desk.order { try $0.settle(second.id, token: "1111 2222 3333 4444 5555", $1) }
            }
            try await desk.order { try $0.settle(second.id, token: "1111 2222 3333 4444 5556", $1) }
            // The ticket that it opened is closed with it.
            #expect(try await desk.tickets().map(\.status) == [.closed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("a slow answer of a vendor within the time limit is accepted")
    func slow() async throws {
        try await Self.run { desk, server in
            server.behave(.slow(.milliseconds(300)))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            _ = try await desk.askVendor("calin")
            #expect(try await desk.state(of: payment.id) == .completed)
        }
    }

    @Test("an answer that cannot be read, or is for another meter, is in doubt", arguments: [true, false])
    func garbage(isOther: Bool) async throws {
        try await Self.run { desk, server in
            server.behave(isOther ? .otherDevice : .garbage)
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            _ = try await desk.askVendor("calin")
            let request = try #require(try await desk.request(payment.id))
            #expect(request.state == .unknown)
            #expect(request.error?.contains(isOther ? "another device" : "cannot be read") == true)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a failure or an unreachable vendor is retried later; the customer is not told")
    func retries() async throws {
        try await Self.run { desk, server in
            server.behave(.status(500), .status(503))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            for _ in 0..<2 {
                #expect(try await desk.askVendor("calin"))
                #expect(try await desk.state(of: payment.id) == .tokenPending)
                #expect(try await desk.askVendor("calin") == false)
                desk.clock.advance(.seconds(30))
            }
            #expect(try await desk.askVendor("calin"))
            #expect(try await desk.state(of: payment.id) == .completed)
            #expect(server.orders.count == 3 && Set(server.orders.map { $0["amount"] }) == ["4"])
            #expect(try await desk.texts(to: rehema).count == 2)
            #expect(try await desk.tickets().isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a vendor that keeps failing is left to staff; one that cannot be reached is retried without end")
    func endlessFailure() async throws {
        try await Self.run { desk, server in
            server.behave(.status(500), .status(500), .status(500), .status(500), .status(500), .status(500))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            for _ in 0..<8 {
                _ = try await desk.askVendor("calin")
                desk.clock.advance(.seconds(1_000))
            }
            #expect(try await desk.request(payment.id)?.state == .unknown)
            #expect(server.orders.count == 5)
        }
        let away = try #require(VendorEndpoint(url: "http://127.0.0.1:1", timeout: 2, exchange: URLSessionExchange()))
        try await DeskUnderTest.run(vendors: ["calin": CalinAPI(away, user: "u", password: "p")]) { desk in
            try await desk.registerVendorMeter(token: "calin")
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            for _ in 0..<8 {
                _ = try await desk.askVendor("calin")
                desk.clock.advance(.seconds(1_000))
            }
            let request = try #require(try await desk.request(payment.id))
            #expect(request.state == .waiting && request.attempts == 8, "\(request)")
            try await desk.expectCleanAudit()
        }
    }

    @Test("a crash during a request leaves the order in doubt, and it is not sent twice")
    func crash() async throws {
        try await Self.run { desk, server in
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            var request = try #require(try await desk.request(payment.id))
            request.state = .asking
            request.attempts = 1
            let (asked, now) = (request, desk.clock.now)
            try await desk.gateway.steps.perform { try $0.vendorTokens.update(asked, at: now) }
            try await VendorTokenWorker(desk.gateway).recover()
            #expect(try await desk.request(payment.id)?.state == .unknown)
            #expect(try await desk.askVendor("calin") == false)
            #expect(server.orders.isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test("Sun King: days and unlock with OAuth; signs in once, and again when the access token has expired")
    func sunKing() async throws {
        try await Self.run { desk, server in
            try await desk.registerSolar(token: "sunking")
            try await desk.sell("SK Home", 1_400, .count(2), from: desk.today, device: DeskUnderTest.solar)
            try await desk.pay("CKD4A2MX7P1", "700", for: DeskUnderTest.solar)
            _ = try await desk.askVendor("sunking")
            #expect(try await desk.texts(to: rehema).last?.contains("7 days for SHS0001") == true)
            server.forgetSignIns()
            let last = try await desk.pay("CKD4A2MX7P2", "700", for: DeskUnderTest.solar)
            _ = try await desk.askVendor("sunking")
            #expect(try await desk.state(of: last.id) == .completed)
            #expect(try await desk.texts(to: rehema).last?.contains("SHS0001 is yours") == true)
            #expect(server.orders.map { $0["command"] } == ["add_credit", "unlock"])
            #expect(server.orders[0]["payload"] == "7" && server.orders[0]["time_unit"] == "day")
            #expect(server.signIns == 2)
            try await desk.expectCleanAudit()
        }
    }

    @Test("Sun King: after any failure, what is known of the order decides the next step")
    func sunKingTroubles() async throws {
        let cases: [(VendorServer.Behaviour, VendorTokenRecord.State, Int)] = [
            (.refusal, .refused, 1), (.slow(.milliseconds(200)), .done, 1), (.slow(.seconds(60)), .unknown, 1),
            (.garbage, .unknown, 1), (.otherDevice, .unknown, 1), (.status(500), .done, 2), (.status(503), .done, 2),
            (.status(504), .unknown, 1), (.status(204), .unknown, 1), (.status(422), .refused, 1),
            (.status(403), .done, 2), (.status(302), .refused, 1),
        ]
        for (behaviour, state, orders) in cases {
            // Only an answer that comes too late needs a short limit: a busy machine is slow for the others too.
            let isTooSlow = if case .slow(.seconds(60)) = behaviour { true } else { false }
            try await Self.run(timeout: isTooSlow ? 2 : 60) { desk, server in
                try await desk.registerSolar(token: "sunking", pricePerDay: "100")
                server.behave(behaviour)
                let payment = try await desk.pay("CKD4A2MX7P1", "700", for: DeskUnderTest.solar)
                for _ in 0..<3 {
                    _ = try await desk.askVendor("sunking")
                    desk.clock.advance(.seconds(1_000))
                }
                let request = try #require(try await desk.request(payment.id))
                #expect(request.state == state, "\(behaviour): \(request.error ?? "-")")
                #expect(server.orders.count == orders, "\(behaviour)")
                let isDone = state == .done
                #expect(try await desk.texts(to: rehema).contains { $0.contains("7 days for SHS0001") } == isDone)
                #expect(try await desk.texts(to: rehema).filter { $0.contains("on its way") }.count == 1)
                #expect(try await desk.tickets().isEmpty == isDone)
                try await desk.expectCleanAudit()
            }
        }
    }

    @Test("a payment that is reversed during its request gets no token")
    func reversedMeanwhile() async throws {
        try await Self.run { desk, server in
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
            server.behave(.slow(.milliseconds(600)))
            async let asked = desk.askVendor("calin")
            try await wait(for: "the request to be sent") { server.orders.count == 1 }
            try await desk.order { try $0.reverse(payment.id, reason: "provider", $1) }
            #expect(try await asked)
            #expect(try await desk.state(of: payment.id) == .reversed)
            let token = try #require(try await desk.lastToken(calinMeter))
            #expect(token.isVoid && token.isUndone)
            #expect(try await desk.texts(to: rehema).allSatisfy { !$0.contains("Token:") })
            #expect(try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)) }.isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a vendor that charges over the air: doubts are asked about, repeated with a safe id, or left to staff")
    func remote() async throws {
        let doubt = Result<VendorDelivery?, VendorFailure>.failure(.unknown("time-out"))
        let cases: [(RemoteMaker, PaymentState, Int, Int)] = [
            (RemoteMaker(isIdempotent: true, canBeAsked: false, doubt), .completed, 2, 0),
            (RemoteMaker(isIdempotent: false, canBeAsked: true, doubt, .success(.overTheAir)), .completed, 1, 1),
            (RemoteMaker(isIdempotent: false, canBeAsked: true, doubt, .success(nil)), .completed, 2, 1),
            (RemoteMaker(isIdempotent: false, canBeAsked: false, doubt), .tokenPending, 1, 0),
            (RemoteMaker(isIdempotent: false, canBeAsked: false, .failure(.failed("500"))), .tokenPending, 1, 0),
        ]
        for (vendor, state, orders, inquiries) in cases {
            try await DeskUnderTest.run(vendors: ["afar": vendor]) { desk in
                try await desk.registerVendorMeter(token: "afar")
                let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: calinMeter)
                for _ in 0..<4 {
                    _ = try await desk.askVendor("afar")
                    desk.clock.advance(.seconds(1_000))
                }
                #expect(try await desk.state(of: payment.id) == state)
                let asked = await vendor.orders
                #expect(asked.count == orders && Set(asked.map(\.id)).count == 1)
                #expect(await vendor.inquiries == inquiries)
                if state == .completed {
                    #expect(try await desk.texts(to: rehema).last?.contains("is charged") == true)
                }
                try await desk.expectCleanAudit()
            }
        }
    }

    @Test("an address must be https or this machine")
    func addresses() {
        for good in ["https://api.example.org/v1", "http://127.0.0.1:8080", "http://localhost/x"] {
            #expect(VendorEndpoint.isSafe(good), "\(good)")
        }
        for bad in ["http://api.example.org", "ftp://x", "https://", "api.example.org", "https://x/y?z=1", ""] {
            #expect(!VendorEndpoint.isSafe(bad), "\(bad)")
        }
    }
}

extension DeskUnderTest {
    func registerVendorMeter(token: String) async throws {
        try await importCSV(.tariffs, "name,price_per_kwh\nDomestic,250\n")
        try await importCSV(
            .customers,
            "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,token\nRehema,\(Self.phone),Kijiji,Kisiwa,Pwani,meter,\(calinMeter),Domestic,\(token)\n"
        )
    }

    /// Requests the next token from a vendor; returns `false` if none is due.
    func askVendor(_ name: String) async throws -> Bool { try await VendorTokenWorker(gateway).askNext(name) }

    func request(_ payment: PaymentID) async throws -> VendorTokenRecord? {
        try await gateway.steps.read { try $0.vendorTokens.request(of: payment) }
    }
}
