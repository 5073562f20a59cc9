import Domain
import Store
import Testing

@testable import Gateway

@Suite("Choice of modem and message")
struct SendingPlannerTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static func phone(_ number: String) throws -> PhoneNumber { try #require(PhoneNumber(e164: number)) }

    /// Tanzania, as far as the tests need it.
    private static let plan = NumberPlan(
        country: "TZ", countryCode: "255", trunkPrefix: "0", lengths: [9],
        mobilePrefixes: ["74": "vodacom", "75": "vodacom", "68": "airtel", "78": "airtel", "62": "halotel"])

    private typealias Lane = SendingPlanner.Lane
    private static let voda = Lane(name: "voda", networks: ["vodacom"])
    private static let airtel = Lane(name: "airtel", networks: ["airtel"])

    @Test("a modem of the recipient's network is preferred while it may be used")
    func networks() throws {
        let (onVoda, onAirtel, elsewhere) = (
            try Self.phone("+255754000001"), try Self.phone("+255784000001"), try Self.phone("+255622000001")
        )
        var away = Self.airtel
        away.isReady = false
        var spent = Self.airtel
        spent.waits = [.broadcasts: .seconds(9)]
        let table: [(lane: Lane, other: Lane, recipient: PhoneNumber, share: ModemLimits.Share, takes: Bool)] = [
            (Self.voda, Self.airtel, onVoda, .tokens, true), (Self.voda, Self.airtel, onAirtel, .tokens, false),
            (Self.airtel, Self.voda, onAirtel, .tokens, true), (Self.voda, Self.airtel, elsewhere, .tokens, true),
            (Self.airtel, Self.voda, elsewhere, .tokens, true), (Self.voda, away, onAirtel, .tokens, true),
            (Self.voda, spent, onAirtel, .tokens, false), (Self.voda, spent, onAirtel, .broadcasts, true),
            (spent, Self.voda, onAirtel, .broadcasts, false), (spent, Self.voda, onAirtel, .others, true),
        ]
        for row in table {
            let planner = SendingPlanner(lane: row.lane, others: [row.other], plan: Self.plan)
            #expect(planner.takes(Self.message(to: row.recipient), row.share) == row.takes, "\(row)")
        }
    }

    private static func message(to phone: PhoneNumber, refusedBy: Set<String> = []) -> OutboxRecords.Candidate {
        OutboxRecords.Candidate(id: OutboxMessageID(1), recipient: phone, refusedBy: refusedBy)
    }

    @Test("a message goes to a modem that has not refused it, is registered and not barred, in this order")
    func soundness() throws {
        let phone = try Self.phone("+255754000001")
        func takers(refusedBy: Set<String> = [], _ change: (inout Lane, inout Lane) -> Void) -> Set<String> {
            var (voda, airtel) = (Self.voda, Self.airtel)
            change(&voda, &airtel)
            let message = Self.message(to: phone, refusedBy: refusedBy)
            return Set(
                [(voda, airtel), (airtel, voda)].filter { lane, other in
                    SendingPlanner(lane: lane, others: [other], plan: Self.plan).takes(message, .tokens)
                }.map(\.0.name))
        }
        #expect(takers { _, _ in } == ["voda"])
        #expect(takers(refusedBy: ["voda"]) { _, _ in } == ["airtel"])
        #expect(takers(refusedBy: ["voda", "airtel"]) { _, _ in } == ["voda"])
        #expect(takers { voda, _ in voda.isRegistered = false } == ["airtel"])
        #expect(takers { voda, _ in voda.isBarred = true } == ["airtel"])
        #expect(
            takers {
                $0.isBarred = true; $1.isRegistered = false
            } == ["voda"])
        #expect(takers(refusedBy: ["voda"]) { _, airtel in airtel.isRegistered = false } == ["airtel"])
        #expect(takers(refusedBy: ["voda"]) { _, airtel in airtel.isReady = false } == ["voda"])
    }

    @Test(
        "a SIM that refuses five messages in a row counts as barred for a quarter of an hour, and then is tried again")
    func barred() {
        var health = SIMHealth()
        func refused(_ number: Int64) -> Bool { health.refused(OutboxMessageID(number), "voda", at: Self.now) }
        let first = (1...4).map { refused($0) }
        let again = refused(4)
        #expect(!first.contains(true) && !again, "the same message counts once")
        #expect(!health.isBarred("voda", at: Self.now))
        let (fifth, sixth) = (refused(5), refused(6))
        #expect(fifth && !sixth, "staff are told once")
        #expect(health.isBarred("voda", at: Self.now) && !health.isBarred("airtel", at: Self.now))
        #expect(!health.isBarred("voda", at: Self.now.adding(.seconds(901))))
        health.accepted("voda")
        let seventh = refused(7)
        #expect(!health.isBarred("voda", at: Self.now) && !seventh)
    }

    @Test("a modem whose share of the limits is used up is no alternative, or a refused message would return at once")
    func alternatives() {
        func has(_ share: ModemLimits.Share, refusedBy: Set<String> = [], _ change: (inout Lane) -> Void) -> Bool {
            var other = Self.airtel
            change(&other)
            return SendingPlanner(lane: Self.voda, others: [other], plan: Self.plan)
                .hasAlternative(share, refusedBy: refusedBy)
        }
        #expect(has(.tokens) { _ in } && has(.others) { _ in } && has(.broadcasts) { _ in })
        #expect(!has(.tokens, refusedBy: ["airtel"]) { _ in })
        #expect(!has(.tokens) { $0.isReady = false } && !has(.tokens) { $0.isRegistered = false })
        #expect(has(.tokens) { $0.waits = [.others: .seconds(9)] })
        #expect(!has(.others) { $0.waits = [.others: .seconds(9)] })
        #expect(!has(.broadcasts) { $0.waits = [.broadcasts: .seconds(9)] })
    }

    @Test("messages that no modem can send, such as those to wrong numbers, bar no SIM")
    func wrongNumbers() {
        var health = SIMHealth()
        for number in 1...40 {
            let isBarred = health.refused(OutboxMessageID(Int64(number)), "voda", at: Self.now)
            #expect(!isBarred)
            health.excuse(OutboxMessageID(Int64(number)))
        }
        #expect(!health.isBarred("voda", at: Self.now))
    }

    @Test("a modem looks for messages unless it is away or its limits are used up")
    func looking() {
        func rest(_ change: (inout SendingPlanner.Lane) -> Void) -> Duration? {
            var lane = Self.voda
            change(&lane)
            return SendingPlanner(lane: lane, others: [], plan: Self.plan).rest
        }
        #expect(rest { _ in } == nil)
        #expect(rest { $0.isReady = false } == .seconds(60))
        #expect(rest { $0.waits = [.tokens: .seconds(7)] } == .seconds(7))
        #expect(rest { $0.waits = [.others: .seconds(7), .broadcasts: .seconds(9)] } == nil)
    }

    @Test("an idle modem waits until the next message, its limits or the broadcast's next try")
    func resting() {
        let table: [(waits: [ModemLimits.Share: Duration], next: Duration?, broadcast: Bool, rest: Duration)] = [
            ([:], nil, false, .seconds(3_600)), ([:], nil, true, .seconds(10)),
            ([.broadcasts: .seconds(4)], nil, true, .seconds(4)),
            ([.broadcasts: .seconds(40)], nil, true, .seconds(10)),
            ([:], .seconds(30), false, .seconds(30)), ([:], .seconds(30), true, .seconds(10)),
            ([:], .seconds(-1), false, .seconds(1)), ([.others: .seconds(20)], .seconds(-1), false, .seconds(20)),
            ([.others: .seconds(20)], .seconds(-1), true, .seconds(10)),
        ]
        for row in table {
            var lane = Self.voda
            lane.waits = row.waits
            let planner = SendingPlanner(lane: lane, others: [], plan: Self.plan)
            let rest = planner.restAfterNothing(
                next: row.next.map { Self.now.adding($0) }, broadcastRuns: row.broadcast, at: Self.now)
            #expect(rest == row.rest, "\(row)")
        }
    }

    @Test("rate and daily cap are shared: tokens may use all, answers three quarters, broadcasts half")
    func allowance() {
        let limits = ModemLimits(networks: [], ratePerMinute: 8, dailyCap: 100)
        // Parts were sent one second after the other, the last one a second ago.
        func waits(_ sent: Int, today: Int = 0) -> [ModemLimits.Share: Duration] {
            limits.waits(sentToday: today, at: Self.now) { nth in
                nth <= sent ? Self.now.adding(.seconds(Int64(-nth))) : nil
            }
        }
        #expect(waits(3).isEmpty)
        #expect(waits(4) == [.broadcasts: .seconds(56)])
        #expect(waits(6) == [.broadcasts: .seconds(56), .others: .seconds(54)])
        #expect(Set(waits(8).keys) == Set(ModemLimits.Share.allCases))
        #expect(Set(waits(0, today: 50).keys) == [.broadcasts])
        #expect(Set(waits(0, today: 75).keys) == [.broadcasts, .others])
        #expect(Set(waits(0, today: 100).keys) == Set(ModemLimits.Share.allCases))
        #expect(
            ModemLimits(networks: [], ratePerMinute: 0, dailyCap: 0).waits(sentToday: 9_999, at: Self.now) { _ in nil }
                .isEmpty)
    }
}
