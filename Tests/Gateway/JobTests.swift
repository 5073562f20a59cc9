import Domain
import Foundation
import Gateway
import Store
import TestSupport
import Testing

private let juma = "+255754000222"

extension DeskUnderTest {
    fileprivate func offer(
        _ contractor: PersonID, _ task: String = "Replace the breaker", deadline: CalendarDate? = nil
    ) async throws -> Int64 {
        var order = JobDesk.Order(
            contractor: contractor, category: "maintenance", task: task, price: Money(minor: 1_500_000))
        order.deadline = deadline
        order.place = "Kijiji"
        let wanted = order
        return try await gateway.steps.perform {
            try JobDesk(gateway).offer(wanted, by: "asha", $0).number
        }
    }

    fileprivate func job(_ number: Int64) async throws -> Job {
        try #require(try await gateway.steps.read { try $0.jobs.job(of: TicketID(number)) })
    }

    fileprivate func change(_ body: @escaping @Sendable (JobDesk, Step) throws -> Void) async throws {
        let desk = JobDesk(gateway)
        try await gateway.steps.perform { try body(desk, $0) }
    }
}

@Suite("Maintenance jobs")
struct JobTests {
    @Test(
        "an answer in any of four languages and the usual spellings changes the job, with or without its number",
        arguments: [
            ("YES", JobStatus.accepted), ("ok", .accepted), ("Ndio nitakuja kesho asubuhi", .accepted),
            ("d'accord", .accepted), ("Sim, vou fazer", .accepted), ("NAKUBALI", .accepted),
            ("no", .declined), ("siwezi kazi hiyo bei ndogo", .declined), ("je ne peux pas", .declined),
            ("nao posso", .declined), ("sorry I cannot do it this week", .declined),
            ("done", .done), ("Ticket 1 done. replaced breaker", .done), ("kazi 1 imekamilika", .done),
            ("ticket 1 termine", .done), ("trabalho feito", .done), ("nimemaliza kazi", .done), ("Finishd", .done),
            ("c'est fini", .done), ("#1 ok nimemaliza", .done),
            // Messages that are not answers leave the job unchanged.
            ("not done yet", .offered), ("sijamaliza", .offered), ("bado sijamaliza", .offered),
            ("I dont have the parts", .offered),
            ("pas encore fini", .offered), ("when will the parts come?", .offered),
            ("#1 need new meter box, will come thursday", .offered), ("yes no", .offered), ("is it done?", .offered),
            ("BALANCE", .offered), ("STOP", .offered), ("😀", .offered), ("", .offered),
        ])
    func answers(text: String, status: JobStatus) async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let number = try await desk.offer(contractor)
            try await desk.receive(text, from: juma)
            #expect(try await desk.job(number).status == status)
            let thread = try await desk.thread(number)
            #expect(thread.last?.author == .contractor && thread.last?.body == text)
            let texts = try await desk.texts(to: juma)
            #expect(texts.count == 2 && texts[1].contains("#\(number)"), "\(texts)")
        }
    }

    @Test("the SMS gives number, task, place, price and deadline")
    func offerText() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let deadline = desk.gateway.company.calendar.today(at: desk.clock.now).adding(days: 5)
            _ = try await desk.offer(contractor, deadline: deadline)
            let text = try #require(try await desk.texts(to: juma).first)
            for piece in ["Job #1", "Replace the breaker", "Kijiji", "TZS 15,000", deadline.description] {
                #expect(text.contains(piece))
            }
        }
    }

    @Test("a number names the job; without one it is the newest open job; another contractor's number changes nothing")
    func whichJob() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let other = try await desk.register(.contractor, "Salim", "+255754000444")
            let first = try await desk.offer(contractor)
            let second = try await desk.offer(contractor, "Trim the trees")
            let foreign = try await desk.offer(other, "Paint the door")
            try await desk.receive("#\(first) done", from: juma)
            #expect(try await desk.job(first).status == .done)
            try await desk.receive("#\(foreign) done", from: juma)
            #expect(try await desk.job(foreign).status == .offered)
            #expect(try await desk.job(second).status == .offered, "another contractor's number changes nothing")
            #expect(try await desk.thread(second).last?.body == "#\(foreign) done")
            try await desk.receive("done", from: juma)
            #expect(try await desk.job(second).status == .done)
        }
    }

    @Test(
        "after done, a decline changes nothing and is kept; after the end, a message is added and staff are alerted")
    func tooLate() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let number = try await desk.offer(contractor)
            try await desk.receive("done", from: juma)
            try await desk.receive("no I cannot do it", from: juma)
            #expect(try await desk.job(number).status == .done)
            #expect(try await desk.thread(number).count == 3)
            try await desk.change { try $0.confirm(TicketID(number), by: "asha", $1) }
            #expect(try await desk.ticket(number).status == .closed)
            try await desk.receive("#\(number) also fixed the door", from: juma)
            #expect(try await desk.thread(number).last?.body == "#1 also fixed the door")
            #expect(try await desk.job(number).status == .confirmed)
            #expect(try await desk.texts(to: juma).last?.contains("#1") == true)
        }
    }

    @Test("a bare no answers the offer, but not later questions of staff")
    func bareNo() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let number = try await desk.offer(contractor)
            try await desk.receive("yes", from: juma)
            try await desk.receive("No", from: juma)
            #expect(try await desk.job(number).status == .accepted)
            let declined = try await desk.offer(contractor, "Paint")
            try await desk.receive("no", from: juma)
            #expect(try await desk.job(declined).status == .declined)
            try await desk.receive("nimemaliza kazi", from: juma)
            #expect(try await desk.job(number).status == .done, "it answers the offered job, not the newest")
        }
    }

    @Test("a contractor with open jobs cannot be retired, and one who is also staff can still give orders")
    func bothRoles() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            _ = try await desk.register(.staff, "Juma", juma)
            let number = try await desk.offer(contractor)
            await #expect(throws: JobDesk.Refusal.self) {
                try await desk.change { desk, step in try desk.checkFree(contractor, step) }
            }
            try await desk.receive("my fence is broken near the meter box", from: "+255754000999")
            try await desk.receive("#2 We come tomorrow.", from: juma)
            #expect(try await desk.texts(to: "+255754000999").last == "#2: We come tomorrow.")
            try await desk.receive("#\(number) done", from: juma)
            #expect(try await desk.job(number).status == .done)
        }
    }

    @Test("without an open job, a contractor's message is a ticket for staff")
    func noJob() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.contractor, "Juma", juma)
            try await desk.receive("do you have work for me", from: juma)
            let thread = try await desk.thread(1)
            #expect(thread.count == 1)
            #expect(try await desk.texts(to: juma).first?.contains("#1") == true)
        }
    }

    @Test("a contractor who is also a customer answers the question about a payment with just a number")
    func contractorPays() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            try await desk.registerMeter(phone: juma)
            try await desk.registerMeter("01450000029", phone: juma)
            let number = try await desk.offer(contractor)
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", from: "255754000222"))
            try await desk.receive("2", from: juma)
            #expect(try await desk.payments()[0].state == .completed)
            #expect(try await desk.job(number).status == .offered)
            try await desk.receive("2 breakers replaced, done", from: juma)
            #expect(try await desk.job(number).status == .done)
        }
    }

    @Test("reminders are sent the day before and when the job is late, each once, by day, until the job is done")
    func reminders() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let today = desk.gateway.company.calendar.today(at: desk.clock.now)
            let number = try await desk.offer(contractor, deadline: today.adding(days: 3))
            let late = try await desk.offer(contractor, "Paint", deadline: today.adding(days: 3))
            var seen: [Int: Int] = [:]
            for hour in 0..<(14 * 24) {
                if hour == 5 * 24 { try await desk.receive("#\(number) done", from: juma) }
                let before = try await desk.texts(to: juma).count
                try await desk.schedule()
                let texts = try await desk.texts(to: juma).dropFirst(before)
                let local = desk.gateway.company.calendar.wallTime(at: desk.clock.now)
                for _ in texts { seen[local.date.daysSince1970 - today.daysSince1970, default: 0] += 1 }
                #expect(texts.isEmpty || (8 * 60..<19 * 60).contains(local.minute ?? 0))
                desk.clock.advance(.seconds(3_600))
            }
            // Two jobs the day before, both a day late; then one of them is done.
            #expect(seen == [2: 2, 4: 2, 6: 1, 10: 1])
            _ = late
        }
    }

    @Test("a reassigned job is offered to the new contractor and cancelled for the first")
    func reassigned() async throws {
        try await DeskUnderTest.run { desk in
            let first = try await desk.register(.contractor, "Juma", juma)
            let second = try await desk.register(.contractor, "Salim", "+255754000444")
            let number = try await desk.offer(first)
            try await desk.change {
                try $0.reassign(TicketID(number), to: second, deadline: nil, by: "asha", $1)
            }
            #expect(try await desk.texts(to: juma).last?.contains("cancelled") == true)
            #expect(try await desk.texts(to: "+255754000444").first?.contains("Replace the breaker") == true)
            try await desk.receive("done", from: juma)
            #expect(try await desk.job(number).status == .offered)
            try await desk.receive("done", from: "+255754000444")
            #expect(try await desk.job(number).status == .done)
        }
    }

    @Test("a confirmed job is owed, a paid job is recorded, and neither happens twice or out of order")
    func payout() async throws {
        try await DeskUnderTest.run { desk in
            let contractor = try await desk.register(.contractor, "Juma", juma)
            let number = try await desk.offer(contractor)
            let id = TicketID(number)
            await #expect(throws: JobDesk.Refusal.self) {
                try await desk.change { try $0.confirm(id, by: "a", $1) }
            }
            try await desk.receive("done", from: juma)
            await #expect(throws: JobDesk.Refusal.self) {
                try await desk.change { try $0.pay(id, reference: nil, by: "a", uid: 0, $1) }
            }
            try await desk.change { try $0.confirm(id, by: "a", $1) }
            try await desk.change { try $0.pay(id, reference: "R1", by: "a", uid: 0, $1) }
            await #expect(throws: JobDesk.Refusal.self) {
                try await desk.change { try $0.pay(id, reference: "R2", by: "a", uid: 0, $1) }
            }
            let lines = try await desk.gateway.steps.read {
                try $0.jobs.payouts(from: Timestamp(seconds: 0), to: Timestamp(seconds: 4_000_000_000))
            }
            #expect(lines.map(\.reference) == ["R1"] && lines.map(\.job.price) == [Money(minor: 1_500_000)])
        }
    }
}
