import Domain
import Gateway
import Store
import TestSupport
import Testing
import Tokens

private let rehema = "+255712000678"

@Suite("Management tokens")
struct ManagementTokenTests {
    private static let keys = """

        [[keys]]
        sgc = "201457"
        krn = 2
        base_date = 2014
        dkga = 4
        ea = 11
        key = "abababababababab949494949494949401234567"

        [[keys]]
        sgc = "201457"
        krn = 3
        base_date = 1993
        dkga = 4
        ea = 11
        key = "abababababababab949494949494949401234567"
        """

    private static func run(_ body: (DeskUnderTest) async throws -> Void) async throws {
        try await DeskUnderTest.run(moreKeys: keys) { desk in
            try await desk.registerMeter()
            try await body(desk)
        }
    }

    private static func reading(_ digits: String, krn: Int = 1, baseDate: Int = 2014) throws -> TokenReading {
        var request = TokenRequest()
        request.vendingKey = "abababababababab949494949494949401234567"
        (request.dkga, request.ea, request.pan, request.sgc) = (4, 11, DeskUnderTest.meter, "201457")
        (request.ti, request.krn, request.kt, request.baseDate) = (1, krn, 2, baseDate)
        return try TokenReading(digits: digits, request: request)
    }

    @Test("a meter's tokens carry the requested values, each with a new identifier and a named operation")
    func management() async throws {
        try await Self.run { desk in
            let orders: [(ManagementTokens.Order, String, Int64?)] = [
                (.clearCredit(register: 0xffff), "clear_credit", 0xffff), (.clearTamper, "clear_tamper", nil),
                (.maximumPower(watts: 2_300), "max_power", 2_300),
                (.phaseUnbalance(watts: 100), "phase_unbalance", 100),
            ]
            var identifiers: [Int64] = []
            for (order, type, value) in orders {
                let token = try await desk.make(order)
                let reading = try Self.reading(token.digits)
                #expect(reading.type == type && reading.value == value)
                #expect(reading.tid == token.identifier)
                #expect(token.act == "\(type) by asha: because" && token.payment == nil)
                identifiers.append(try #require(token.identifier))
            }
            try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            identifiers.append(try #require(try await desk.lastToken(DeskUnderTest.meter)?.identifier))
            #expect(identifiers == identifiers.sorted() && Set(identifiers).count == identifiers.count)
            let test = try await desk.make(.test(control: 1, manufacturer: 0))
            #expect(test.identifier == nil && test.digits.count == 20)
            // Tokens issued by staff are never sent on a request by SMS.
            try await desk.receive("token", from: rehema)
            #expect(try await desk.texts(to: rehema).last?.contains("4.0 kWh") == true)
            try await desk.expectCleanAudit()
        }
    }

    @Test("the owner gets the token by SMS if staff want it")
    func send() async throws {
        try await Self.run { desk in
            let token = try await desk.make(.clearTamper, sends: true)
            let text = try #require(try await desk.texts(to: rehema).last)
            #expect(text.filter(\.isNumber).contains(token.digits))
        }
    }

    @Test("a key change keeps the old key until staff confirm that the meter accepted it")
    func keyChange() async throws {
        try await Self.run { desk in
            var key = try #require(try await desk.device(DeskUnderTest.meter).meterKey)
            key.keyRevision = 2
            let wanted = key
            let set = try await desk.make(.keyChange(to: wanted))
            #expect(set.codes.count == 4 && set.codes.allSatisfy { $0.count == 20 })
            #expect(try Self.reading(set.codes[0]).type == "key_change")
            #expect(try await desk.device(DeskUnderTest.meter).meterKey?.keyRevision == 1)
            await #expect(throws: ManagementTokens.Refusal.self) { _ = try await desk.make(.keyChange(to: wanted)) }
            // A token sold in between uses the old key.
            try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            let old = try #require(try await desk.lastToken(DeskUnderTest.meter))
            #expect(try Self.reading(old.digits).type == "credit")
            try await desk.keyChange { try $0.confirmKeyChange(of: $1, $2) }
            #expect(try await desk.device(DeskUnderTest.meter).meterKey == wanted)
            try await desk.pay("CKD4A2MX7P2", "1,000", for: DeskUnderTest.meter)
            let new = try #require(try await desk.lastToken(DeskUnderTest.meter))
            #expect(try Self.reading(new.digits, krn: 2).type == "credit")
            #expect(try #require(new.identifier) > (try #require(old.identifier)))
            await #expect(throws: ManagementTokens.Refusal.self) {
                try await desk.keyChange { try $0.confirmKeyChange(of: $1, $2) }
            }
            try await desk.expectCleanAudit()
        }
    }

    @Test("a new base date clears the meter's stored identifiers and restarts them", arguments: [1993, 2014])
    func baseDate(from: Int) async throws {
        try await Self.run { desk in
            // The identifiers of 1993 end in November 2024.
            desk.clock.now = Timestamp(seconds: 1_717_200_000)
            if from == 1993 { try await desk.change(krn: 3, baseDate: 1993) }
            try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            let old = try #require(try await desk.lastToken(DeskUnderTest.meter))
            #expect(old.baseDate == from)
            let set = try await desk.change(krn: from == 1993 ? 2 : 3, baseDate: from == 1993 ? 2014 : 1993)
            #expect(set.codes.count == 4)
            try await desk.pay("CKD4A2MX7P2", "1,000", for: DeskUnderTest.meter)
            let new = try #require(try await desk.lastToken(DeskUnderTest.meter))
            #expect(new.baseDate != old.baseDate)
            let isLower = try #require(new.identifier) < (try #require(old.identifier))
            #expect(isLower == (from == 1993))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a meter whose identifiers of base date 1993 have ended sells nothing until its key is changed")
    func endOf1993() async throws {
        try await Self.run { desk in
            try await desk.change(krn: 3, baseDate: 1993)
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            #expect(payment.state == .held)
            try await desk.change(krn: 2, baseDate: 2014)
            try await desk.order { try $0.approve(payment.id, for: nil, $1) }
            #expect(try await desk.state(of: payment.id) == .completed)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a key change that was not entered is withdrawn and can be made again")
    func withdraw() async throws {
        try await Self.run { desk in
            var key = try #require(try await desk.device(DeskUnderTest.meter).meterKey)
            key.tariffIndex = 7
            let wanted = key
            for _ in 0..<2 {
                _ = try await desk.make(.keyChange(to: wanted))
                try await desk.keyChange { try $0.withdrawKeyChange(of: $1, $2) }
            }
            #expect(try await desk.device(DeskUnderTest.meter).meterKey?.tariffIndex == 1)
        }
    }

    @Test("tokens that cannot be issued are refused with the reason")
    func refusals() async throws {
        try await Self.run { desk in
            try await desk.registerSolar()
            let same = try #require(try await desk.device(DeskUnderTest.meter).meterKey)
            var missing = same
            missing.keyRevision = 9
            let (unloaded, now) = (missing, desk.clock.now)
            let cases: [(ManagementTokens.Order, String, String)] = [
                (.keyChange(to: same), DeskUnderTest.meter, "the meter already has this key"),
                (.keyChange(to: unloaded), DeskUnderTest.meter, "is not loaded"),
                (.clearTamper, DeskUnderTest.solar, "not an STS meter"),
                (.setDays(5), DeskUnderTest.meter, "no OpenPAYGO key"),
                (.addDays(100_001), DeskUnderTest.solar, "0 to 100000"),
                (.setDays(996), DeskUnderTest.solar, "one code carries"),
                (.maximumPower(watts: 90_000_000), DeskUnderTest.meter, ""),
            ]
            for (order, serial, words) in cases {
                do {
                    _ = try await desk.make(order, for: serial)
                    Issue.record("\(order) was made")
                } catch let refusal as ManagementTokens.Refusal {
                    #expect(words.isEmpty || "\(refusal)".contains(words), "\(refusal)")
                }
            }
            try await desk.gateway.steps.perform { try $0.clock.see(now.adding(.seconds(10_000))) }
            await #expect(throws: ManagementTokens.Refusal.self) { _ = try await desk.make(.clearTamper) }
            try await desk.expectCleanAudit()
        }
    }

    @Test("an OpenPAYGO device is given days, set, locked, synchronised and unlocked, and its count increases")
    func paygo() async throws {
        try await Self.run { desk in
            try await desk.registerSolar()
            let key = try #require(SecretBytes(hex: "bc41ec9530f6dac86b1a29ab82edc5fb"))
            let device = try OpenPAYGO(key: key, start: nil)
            var count = 0
            let orders: [(ManagementTokens.Order, OpenPAYGO.Kind, Int64, Int?)] = [
                (.addDays(10), .addTime, 10, 10), (.setDays(3), .setTime, 3, 3), (.setDays(0), .setTime, 0, 0),
                (.counterSync, .counterSync, 999, 0), (.disable, .disable, 998, nil),
            ]
            for (order, kind, units, left) in orders {
                let token = try await desk.make(order, for: DeskUnderTest.solar)
                guard case .valid(kind, units, let read, _) = try device.read(token.digits, after: count, used: [])
                else {
                    Issue.record("\(order) decodes to something else")
                    return
                }
                #expect(read > count && Int64(read) == token.identifier)
                count = read
                #expect(try await desk.device(DeskUnderTest.solar).daysLeft(at: desk.clock.now) == left)
            }
            #expect(try await desk.device(DeskUnderTest.solar).paygo?.count == count)
            try await desk.expectCleanAudit()
        }
    }
}

extension DeskUnderTest {
    fileprivate func make(
        _ order: ManagementTokens.Order, for serial: String = meter, sends: Bool = false
    ) async throws -> IssuedToken {
        let device = try await device(serial)
        return try await gateway.steps.perform {
            try ManagementTokens(gateway).make(
                order, for: device, reason: "because", by: "asha", sends: sends, $0)
        }
    }

    fileprivate func keyChange(
        _ body: @escaping @Sendable (ManagementTokens, Device, Step) throws -> Void
    ) async throws {
        let device = try await device(Self.meter)
        try await gateway.steps.perform { try body(ManagementTokens(gateway), device, $0) }
    }

    /// Issues a key change for the meter and confirms it.
    @discardableResult
    fileprivate func change(krn: Int, baseDate: Int) async throws -> IssuedToken {
        var key = try #require(try await device(Self.meter).meterKey)
        (key.keyRevision, key.baseDate) = (krn, baseDate)
        let token = try await make(.keyChange(to: key))
        try await keyChange { try $0.confirmKeyChange(of: $1, $2) }
        return token
    }
}
