import Domain
import Gateway
import Store
import TestSupport
import Testing

private let rehema = "+255712000678"
private let asha = "+255754000333"

@Suite("Scheduled duties")
struct DutyTests {
    private static func withAccessRate(
        catchUpDays: Int = 92, _ body: (DeskUnderTest) async throws -> Void
    ) async throws {
        let limit = { (settings: inout GatewaySettings) in settings.catchUpDays = catchUpDays }
        try await DeskUnderTest.run(change: limit) { desk in
            try await desk.importCSV(
                .tariffs, "name,price_per_kwh,access_rate,access_period_days\nDomestic,250,500,30\nPlain,250,,\n")
            try await desk.registerMeter()
            try await body(desk)
        }
    }

    private static func due(_ desk: DeskUnderTest) async throws -> [AccessCharge] {
        let meter = try await desk.device(DeskUnderTest.meter).id
        return try await desk.gateway.steps.read { try $0.accessRates.charges(of: meter, limit: 100) }.reversed()
    }

    // MARK: Modems

    @Test("a modem that is nearly full for minutes is reported once a day; a short burst is not")
    func fullStores() async throws {
        try await DeskUnderTest.run { desk in
            func look() async throws -> [String?] {
                try await desk.gateway.steps.perform { step in
                    try FullSIMAlert().look(
                        [("office", .seconds(200)), ("roof", .seconds(20)), ("store", nil)], step)
                    return try step.alerts.waiting().map { $0.facts["text"] }
                }
            }
            let text = "the SIM of modem office is more than 70% full and is not emptying"
            var told = [try await look()]
            desk.clock.advance(.seconds(3_600))
            told.append(try await look())
            desk.clock.advance(.seconds(86_400))
            told.append(try await look())
            #expect(told == [[text], [text], [text, text]])
        }
    }

    // MARK: Access rates

    @Test("an access rate is first due one period after registration, then one period after the last, without drift")
    func accessRates() async throws {
        try await Self.withAccessRate { desk in
            let start = desk.today
            for _ in 0..<100 {
                // Runs twice a day, at odd hours, and never charges a period twice.
                try await desk.schedule()
                desk.clock.advance(.seconds(43_000))
                try await desk.schedule()
                desk.clock.advance(.seconds(43_400))
            }
            let charges = try await Self.due(desk)
            #expect(charges.map(\.due) == [30, 60, 90].map { start.adding(days: $0) })
            #expect(charges.allSatisfy { $0.amount == Money(minor: 50_000) && $0.paid == .zero })
            try await desk.expectCleanAudit()
        }
    }

    @Test("periods missed while the daemon was off are charged one by one, each on its own day")
    func catchUp() async throws {
        try await Self.withAccessRate(catchUpDays: 366) { desk in
            let start = desk.today
            try await desk.schedule()
            desk.clock.advance(.seconds(40 * 86_400))
            try await desk.schedule()
            #expect(try await Self.due(desk).map(\.due) == [start.adding(days: 30)])
            desk.clock.advance(.seconds(200 * 86_400))
            try await desk.schedule()
            #expect(try await Self.due(desk).map(\.due) == (1...8).map { start.adding(days: 30 * $0) })
            // The next payment pays the oldest first.
            try await desk.pay("CKD4A2MX7P1", "1,250", for: DeskUnderTest.meter)
            #expect(try await Self.due(desk).map(\.paid.minor) == [50_000, 50_000, 25_000, 0, 0, 0, 0, 0])
            try await desk.expectCleanAudit()
        }
    }

    @Test("a payment that comes before the scheduler runs, after days off, pays what became due meanwhile")
    func paymentBeforeScheduler() async throws {
        try await Self.withAccessRate { desk in
            desk.clock.advance(.seconds(70 * 86_400))
            try await desk.pay("CKD4A2MX7P1", "1,250", for: DeskUnderTest.meter)
            #expect(try await Self.due(desk).map(\.paid.minor) == [50_000, 50_000])
            #expect(try await desk.lastToken(DeskUnderTest.meter)?.energy.tenths == 10)
            try await desk.schedule()
            #expect(try await Self.due(desk).count == 2)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a changed tariff applies from the next charge; without a rate charging ends; a used one cannot be deleted")
    func tariffChanges() async throws {
        try await Self.withAccessRate { desk in
            let start = desk.today
            func change(_ body: @escaping @Sendable (TariffDesk, Step) throws -> Void) async throws {
                let tariffs = TariffDesk(desk.gateway)
                try await desk.gateway.steps.perform { try body(tariffs, $0) }
            }
            desk.clock.advance(.seconds(31 * 86_400))
            try await desk.schedule()
            try await change { tariffs, step in
                var tariff = try tariffs.tariff("Domestic", step)
                tariff.accessRate = Money(minor: 70_000)
                tariff.accessPeriodDays = 10
                try tariffs.change(tariff, step)
            }
            desk.clock.advance(.seconds(45 * 86_400))
            try await desk.schedule()
            let charges = try await Self.due(desk)
            #expect(charges.map(\.due) == [30, 60, 70].map { start.adding(days: $0) })
            #expect(charges.map(\.amount.minor) == [50_000, 70_000, 70_000])
            await #expect(throws: TariffDesk.Refusal.self) {
                try await change { tariffs, step in try tariffs.delete("Domestic", step) }
            }
            let meter = try await desk.device(DeskUnderTest.meter)
            try await change { try $0.assign("Plain", to: meter, $1) }
            desk.clock.advance(.seconds(100 * 86_400))
            try await desk.schedule()
            #expect(try await Self.due(desk).count == 3)
            try await change { tariffs, step in try tariffs.delete("Domestic", step) }
            // A new rate is first due one period after the change, not after registration.
            try await change { tariffs, step in
                var tariff = try tariffs.tariff("Plain", step)
                tariff.accessRate = Money(minor: 100)
                tariff.accessPeriodDays = 7
                try tariffs.change(tariff, step)
            }
            let then = desk.today
            desk.clock.advance(.seconds(8 * 86_400))
            try await desk.schedule()
            #expect(try await Self.due(desk).last?.due == then.adding(days: 7))
            #expect(try await Self.due(desk).count == 4)
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "each day is charged once across clock changes and leap years, and nobody is reminded at night",
        arguments: [
            "Africa/Cairo", "Pacific/Apia",
        ])
    func changingClocks(zone: String) async throws {
        try await DeskUnderTest.run(timeZone: zone) { desk in
            // From before the leap day of 2028 across all clock changes of a year.
            desk.clock.now = Timestamp(seconds: 1_834_000_000)
            try await desk.importCSV(
                .tariffs, "name,price_per_kwh,access_rate,access_period_days\nDomestic,250,5,1\n")
            try await desk.registerMeter()
            let start = desk.today
            try await desk.sell(
                "Pump", 40_000, .count(400), from: start.adding(days: 1), remindBefore: 0, remindAfter: 60)
            var reminded: [CalendarDate] = []
            for _ in 0..<(400 * 3) {
                try await desk.schedule()
                desk.clock.advance(.seconds(28_800))
            }
            for message in try await desk.allReminders() {
                let local = desk.gateway.company.calendar.wallTime(at: message.notBefore)
                #expect((480..<1_140).contains(try #require(local.minute)))
                if message.body.hasPrefix("Reminder") { reminded.append(local.date) }
            }
            #expect(Set(reminded).count == reminded.count && reminded.count >= 56)
            let meter = try await desk.device(DeskUnderTest.meter).id
            let due = try await desk.gateway.steps.read { try $0.accessRates.charges(of: meter, limit: 1_000) }
                .reversed().map(\.due)
            #expect(due == (1...due.count).map { start.adding(days: $0) })
            #expect(due.count >= 399 && due.contains { $0.month == 2 && $0.day == 29 })
            try await desk.expectCleanAudit()
        }
    }

    @Test("rates overdue for more days than configured wait for staff, in one ticket")
    func overdue() async throws {
        try await Self.withAccessRate { desk in
            let start = desk.today
            try await desk.schedule()
            desk.clock.advance(.seconds(200 * 86_400))
            for _ in 0..<3 { try await desk.schedule() }
            try await desk.pay("CKD4A2MX7P1", "1,250", for: DeskUnderTest.meter)
            #expect(try await Self.due(desk).isEmpty)
            #expect(try await desk.tickets().count == 1)
            try await desk.gateway.steps.perform { try ClockWatch(desk.gateway).accept($0) }
            try await desk.schedule()
            #expect(try await Self.due(desk).map(\.due) == (1...6).map { start.adding(days: 30 * $0) })
            try await desk.expectCleanAudit()
        }
    }

    // MARK: The clock

    @Test("a clock days away from the network's time sells nothing until it is set or accepted", arguments: [40, -40])
    func networkTime(days: Int) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let network = desk.clock.now
            for number in 0..<3 {
                try await desk.receive("hello", from: "+25575400020\(number)", sentAt: network)
            }
            let away = network.adding(.seconds(Int64(days) * 86_400))
            // The latest known time is wrong too, because the clock was wrong for a while.
            desk.clock.now = away
            try await desk.gateway.steps.perform { try $0.clock.see(away, force: true) }
            for number in 0..<5 {
                try await desk.receive("hello", from: "+25575400030\(number)", sentAt: network)
            }
            let held = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter, sentAt: network)
            #expect(held.state == .held)
            #expect(try desk.reasons(held).contains("network's time stamps"))
            try await desk.schedule()
            #expect(try await desk.tickets().contains { $0.subject.contains("No tokens are made") })
            await #expect(throws: ClockRefusal.self) {
                _ = try await RegistryImport(desk.gateway).run(
                    .tariffs, "name,price_per_kwh\nX,1\n", dryRun: false, uid: nil)
            }
            try await desk.gateway.steps.perform(at: away) { try ClockWatch(desk.gateway).accept($0) }
            let sold = try await desk.pay("CKD4A2MX7P2", "1,000", for: DeskUnderTest.meter, sentAt: network)
            #expect(sold.state == .completed)
            for number in 0..<5 {
                try await desk.receive("hello", from: "+25575400040\(number)", sentAt: network)
            }
            let later = try await desk.pay("CKD4A2MX7P3", "1,000", for: DeskUnderTest.meter, sentAt: network)
            #expect(later.state == .completed, "the network is wrong and stays wrong")
        }
    }

    @Test("messages that waited for days while the gateway was off do not make its clock suspicious")
    func backlog() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for hours in [70, 60, 51, 44, 30] {
                let sent = desk.clock.now.adding(.seconds(Int64(-hours) * 3_600))
                try await desk.receive("hello", from: "+2557540002\(hours)", sentAt: sent)
            }
            let sent = desk.clock.now.adding(.seconds(-29 * 3_600))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter, sentAt: sent)
            #expect(payment.state == .completed)
        }
    }

    @Test("with an implausible clock nothing is charged, and staff are alerted once")
    func wrongClock() async throws {
        try await Self.withAccessRate { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.schedule()
            let now = desk.clock.now
            desk.clock.advance(.seconds(3 * 366 * 86_400))
            for _ in 0..<3 { try await desk.schedule() }
            #expect(try await Self.due(desk).isEmpty)
            #expect(try await desk.tickets().count == 1)
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            #expect(payment.state == .held)
            #expect(try desk.reasons(payment).contains("clock accept"))
            desk.clock.now = now.adding(.seconds(3_600))
            try await desk.schedule()
            #expect(try await desk.state(of: payment.id) == .completed)
            // The ticket about the clock is closed by staff; the payment's is closed with the payment.
            #expect(try await desk.tickets().map(\.status) == [.open, .closed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("with the clock an hour ahead and back again, sales continue and identifiers only increase")
    func summerTime() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            var identifiers: [Int64] = []
            for (number, jump) in [0, 3_600, 60, -3_600, 60, 3_600, -3_500].enumerated() {
                desk.clock.advance(.seconds(Int64(jump)))
                try await desk.schedule()
                let payment = try await desk.pay("CKD4A2MX7P\(number)", "1,000", for: DeskUnderTest.meter)
                #expect(payment.state == .completed, "\(jump): \(payment.reasons)")
                identifiers.append(try #require(try await desk.lastToken(DeskUnderTest.meter)?.identifier))
            }
            #expect(identifiers == identifiers.sorted() && Set(identifiers).count == identifiers.count)
            try await desk.expectCleanAudit()
        }
    }

    // MARK: Reminders

    /// Ten in the morning of the desk's day.
    private static func setMorning(_ desk: DeskUnderTest, plus days: Int = 0, hour: Int64 = 10) {
        let day = desk.today.adding(days: days)
        desk.clock.now = desk.gateway.company.calendar.start(of: day).adding(.seconds(hour * 3_600))
    }

    private static func reminders(_ desk: DeskUnderTest) async throws -> [OutboxMessage] {
        try await desk.outbox().filter { $0.messageClass == .reminder && $0.state == .queued }
    }

    @Test("a customer is reminded before and after an instalment is due, once each, in the daytime")
    func reminders() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            Self.setMorning(desk)
            let due = desk.today.adding(days: 5)
            try await desk.sell("Pump", 600, .count(1), from: due, remindBefore: 2, remindAfter: 3)
            var said: [(day: Int, hour: Int64, text: String)] = []
            for day in 0..<20 {
                for hour: Int64 in [2, 7, 8, 12, 18, 19, 23] {
                    Self.setMorning(desk, plus: day == 0 ? 0 : hour == 2 ? 1 : 0, hour: hour)
                    let before = try await Self.reminders(desk).count
                    try await desk.schedule()
                    for message in try await Self.reminders(desk).dropFirst(before) {
                        said.append((desk.today.daysSince1970 - due.daysSince1970, hour, message.body))
                        // The reminder expires in the evening.
                        let evening = desk.gateway.company.calendar.start(of: desk.today).adding(.seconds(19 * 3_600))
                        #expect(message.expiresAt == evening)
                    }
                }
            }
            #expect(said.map(\.day) == [-2, 3])
            #expect(said.allSatisfy { (8..<19).contains($0.hour) })
            #expect(said.first?.text == "Reminder: TZS 600 for Pump is due on \(due). Thank you for paying in time.")
            #expect(said.last?.text.hasPrefix("TZS 600 for Pump was due on \(due).") == true)
        }
    }

    @Test(
        "paid instalments get no reminder: a waiting one is withdrawn, and a later one gives what is still outstanding"
    )
    func paidReminders() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            Self.setMorning(desk)
            try await desk.sell(
                "Pump", 600, .count(1), from: desk.today.adding(days: -5), remindBefore: 2, remindAfter: 1)
            try await desk.schedule()
            #expect(try await Self.reminders(desk).map { $0.body.prefix(7) } == ["TZS 600"])
            try await desk.pay("CKD4A2MX7P1", "200", for: DeskUnderTest.meter)
            #expect(try await Self.reminders(desk).isEmpty)
            try await desk.schedule()
            #expect(try await Self.reminders(desk).map { $0.body.prefix(7) } == ["TZS 400"])
            try await desk.pay("CKD4A2MX7P2", "400", for: DeskUnderTest.meter)
            for _ in 0..<5 {
                Self.setMorning(desk, plus: 1)
                try await desk.schedule()
            }
            #expect(try await Self.reminders(desk).isEmpty)
        }
    }

    @Test(
        "several overdue instalments of one thing are one reminder; after STOP there is none; others have their own"
    )
    func manyReminders() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.importCSV(
                .customers,
                """
                name,phone,village,mini_grid,cluster,device_kind,serial,tariff
                Juma,+255754000222,Kijiji,Kisiwa,Pwani,meter,01450000029,Domestic

                """)
            Self.setMorning(desk)
            let long = desk.today.adding(days: -30)
            try await desk.sell("Pump", 400, .count(4), from: long, remindAfter: 1)
            try await desk.sell("Mill", 400, .count(4), from: long, remindAfter: 1)
            try await desk.sell("Freezer", 400, .count(4), from: long, to: 2, remindAfter: 1)
            try await desk.receive("STOP", from: "+255754000222")
            try await desk.schedule()
            #expect(
                Set(try await Self.reminders(desk).map { String($0.body.prefix(16)) }) == [
                    "TZS 400 for Pump", "TZS 400 for Mill",
                ])
            desk.clock.advance(.seconds(86_400))
            try await desk.schedule()
            #expect(try await desk.outbox().filter { $0.messageClass == .reminder }.count == 2)
        }
    }

    @Test("after forty days off, one reminder is sent for what is still outstanding")
    func remindersAfterPause() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            Self.setMorning(desk)
            try await desk.sell(
                "Pump", 600, .count(1), from: desk.today.adding(days: 5), remindBefore: 2, remindAfter: 3)
            try await desk.schedule()
            Self.setMorning(desk, plus: 40)
            for _ in 0..<3 { try await desk.schedule() }
            #expect(try await Self.reminders(desk).map { $0.body.contains("was due") } == [true])
        }
    }

    // MARK: Staff

    @Test("staff get a daily summary of what is waiting, and none if nothing is waiting")
    func digest() async throws {
        func inTheMorning(_ settings: inout GatewaySettings) { settings.digestMinute = 8 * 60 }
        try await DeskUnderTest.run(change: inTheMorning) { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            Self.setMorning(desk, hour: 9)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).isEmpty)
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P2", "Tsh900,000.00"))
            Self.setMorning(desk, plus: 1, hour: 7)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).allSatisfy { !$0.hasPrefix("Waiting") })
            for _ in 0..<3 {
                Self.setMorning(desk, hour: 14)
                try await desk.schedule()
            }
            let said = try await desk.texts(to: asha).filter { $0.hasPrefix("Waiting") }
            #expect(
                said == ["Waiting for you: 1 held, 1 without a device (TZS 1,000), 0 tokens stuck, 0 tickets open."])
        }
    }
}

extension DeskUnderTest {
    /// All reminders that were ever queued.
    fileprivate func allReminders() async throws -> [OutboxMessage] {
        try await gateway.steps.read { try $0.outbox.messages(before: nil, state: nil, limit: 10_000) }
            .filter { $0.messageClass == .reminder }
    }
}
