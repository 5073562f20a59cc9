import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest
private let rehema = "+255712000678"
private let asha = "+255754000333"
private let juma = "+255754000222"

@Suite("Conversations over the modem", .serialized)
struct ConversationTests {
    @Test(
        "a customer and staff exchange messages in a ticket, in English and Swahili; it is closed and reopened",
        arguments: [
            ("en", "my fence is broken near the meter box", "We got your message", "REOPEN", "is open again"),
            (
                "sw", "uzio wangu umevunjika karibu na nguzo", "Tumepokea ujumbe wako", "FUNGUA TENA",
                "imefunguliwa tena"
            ),
        ])
    func conversation(language: String, complaint: String, acknowledged: String, reopen: String, reopened: String)
        async throws
    {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.importCSV("tariffs", "name,price_per_kwh\nDomestic,356\n")
            try await gateway.importCSV(
                "customers",
                "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,language\nRehema,\(rehema),Kijiji,Kisiwa,Pwani,meter,\(Gateway.firstMeter),Domestic,\(language)\n"
            )
            try await gateway.importCSV("staff", "name,phone,language\nAsha,\(asha),en\n")
            gateway.modem.deliver(from: rehema, complaint)
            try await wait(for: "the acknowledgement and the alert") {
                !gateway.texts(to: rehema).isEmpty && !gateway.texts(to: asha).isEmpty
            }
            #expect(gateway.texts(to: rehema)[0].contains(acknowledged))
            #expect(gateway.texts(to: rehema)[0].contains("#1"))
            #expect(gateway.texts(to: asha)[0].contains("#1"))

            gateway.modem.deliver(from: asha, "#1 Which fence is it?")
            try await wait(for: "the text of staff") { gateway.texts(to: rehema).count == 2 }
            #expect(gateway.texts(to: rehema)[1] == "#1: Which fence is it?")
            gateway.modem.deliver(from: rehema, "the one behind the school by the road")
            try await wait(for: "the answer in the thread") { try await gateway.ticket(1).thread?.count == 3 }

            let reply = try gateway.command("tickets", "reply", "1", "We come tomorrow.")
            #expect(reply.status == 0 && reply.output.contains(rehema))
            try await wait(for: "the reply") { gateway.texts(to: rehema).contains("#1: We come tomorrow.") }
            let closed = try gateway.command("tickets", "close", "1", "--reason", "Mended")
            #expect(closed.status == 0)
            try await wait(for: "the closing SMS") { gateway.texts(to: rehema).last?.contains("Mended") == true }
            #expect(gateway.texts(to: rehema).last?.contains(reopen) == true)

            gateway.modem.deliver(from: rehema, reopen)
            try await wait(for: "the ticket to be reopened") { try await gateway.ticket(1).status == "open" }
            try await wait(for: "the SMS about it") { gateway.texts(to: rehema).last?.contains(reopened) == true }
            let thread = try #require(try await gateway.ticket(1).thread)
            #expect(thread.map(\.author) == ["customer", "staff", "customer", "staff", "system", "system", "customer"])
            let shown = try gateway.command("tickets", "show", "1")
            #expect(shown.output.contains("We come tomorrow.") && shown.output.contains("sent"))
            #expect(try await gateway.tickets().count == 1)
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a job from the offer to the payout, with a contractor who answers in free text")
    func job() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.importCSV("contractors", "name,phone,language\nJuma,\(juma),sw\n")
            try await gateway.importCSV("staff", "name,phone\nAsha,\(asha)\n")
            let deadline = String(Date().addingTimeInterval(5 * 86_400).formatted(.iso8601).prefix(10))
            let new = try gateway.command(
                "jobs", "new", "--contractor", "1", "--price", "15000", "--deadline", deadline, "--place", "Kijiji",
                "Badilisha breaker ya nguzo 4")
            #expect(new.status == 0, "\(new.errors)")
            try await wait(for: "the job's SMS") { !gateway.texts(to: juma).isEmpty }
            for piece in ["Kazi #1", "Badilisha breaker ya nguzo 4", "Kijiji", "TZS 15,000", deadline] {
                #expect(gateway.texts(to: juma)[0].contains(piece))
            }
            gateway.modem.deliver(from: juma, "sawa nitakuja kesho asubuhi")
            try await wait(for: "the job to be accepted") { try await gateway.ticket(1).job?.status == "accepted" }
            gateway.modem.deliver(from: juma, "nimemaliza kazi, nimebadilisha breaker na waya")
            try await wait(for: "the job to be done") { try await gateway.ticket(1).job?.status == "done" }
            try await wait(for: "the SMS to staff") { gateway.texts(to: asha).contains { $0.contains("Juma") } }
            let thread = try #require(try await gateway.ticket(1).thread)
            #expect(thread.filter { $0.author == "contractor" }.count == 2)
            try await wait(for: "the job's SMS to be delivered") {
                try await gateway.ticket(1).thread?.first?.deliveries.first?.state == "delivered"
            }

            #expect(try gateway.command("jobs", "pay", "1").status == 1, "a job cannot be paid before it is confirmed")
            #expect(try gateway.command("jobs", "confirm", "1").status == 0)
            let owed = try gateway.command("report", "payouts")
            #expect(owed.output.contains("15000.00") && owed.output.contains("owed 15000.00"))
            #expect(try gateway.command("jobs", "pay", "1", "--reference", "QK7H2A").status == 0)
            let again = try gateway.command("jobs", "pay", "1")
            #expect(again.status == 1 && again.errors.contains("already paid"))
            let csv = try gateway.command("report", "payouts", "--csv")
            #expect(csv.output.contains("QK7H2A") && csv.output.hasPrefix("job,contractor_id,"))
            let json = try gateway.command("report", "payouts", "--json")
            #expect(json.output.contains("\"paid\":{\"amount\":\"15000.00\""))
            // A later text is added to the job.
            gateway.modem.deliver(from: juma, "#1 asante, pesa imefika")
            try await wait(for: "the later text") {
                try await gateway.ticket(1).thread?.last?.text == "#1 asante, pesa imefika"
            }
            #expect(try await gateway.ticket(1).job?.status == "confirmed")
            #expect(try await gateway.tickets().count == 1)
        }
    }

    @Test("fifty people text at once: every thread is correct, and each person gets one ticket number")
    func crowd() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            let phones = (0..<50).map { "+2557120\(10_000 + $0)" }
            for round in 0..<2 {
                for (index, phone) in phones.enumerated() {
                    gateway.modem.deliver(from: phone, "my pole number \(index) leans over, part \(round)")
                }
            }
            try await wait(for: "all threads") {
                let tickets = try await gateway.tickets()
                guard tickets.count == 50 else { return false }
                return try await gateway.messages().filter { $0.state == "handled" }.count == 100
            }
            for ticket in try await gateway.tickets() {
                let thread = try #require(try await gateway.ticket(ticket.number).thread)
                #expect(thread.count == 2 && Set(thread.compactMap(\.phone)).count == 1)
                let index = phones.firstIndex(of: thread[0].phone ?? "") ?? -1
                #expect(thread.allSatisfy { $0.text.contains("number \(index) ") })
            }
            try await wait(for: "all acknowledgements") {
                phones.allSatisfy { gateway.texts(to: $0).count == 2 }
            }
            for phone in phones {
                let numbers = Set(gateway.texts(to: phone).compactMap { text in text.firstMatch(of: /#\d+/)?.output })
                #expect(numbers.count == 1)
            }
        }
    }

    @Test("a reply loop with another machine stops at the limit")
    func loop() async throws {
        try await Gateway.run(more: "[replies]\nper_number_per_hour = 4") { gateway in
            try await gateway.startReady()
            // The machine answers every message, each time with a different text.
            var answered = 0
            for _ in 0..<40 {
                gateway.modem.deliver(from: juma, "Auto reply \(answered): we are closed, ref \(answered * 7 + 100)")
                answered += 1
            }
            try await wait(for: "all of them to be read") {
                try await gateway.messages().filter { $0.state == "handled" }.count == 40
            }
            try await wait(for: "the outbox to be empty") {
                let outbox = try await gateway.status().outbox
                return (outbox["queued"] ?? 0) + (outbox["sending"] ?? 0) == 0
            }
            #expect(gateway.texts(to: juma).count <= 4)
            #expect(try await gateway.ticket(1).thread?.count == 40)
        }
    }

    @Test("alphanumeric originators and short codes get no answer and no ticket")
    func machines() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            for originator in ["VodaCom", "15300", "INFO"] { gateway.modem.deliver(from: originator, "help") }
            gateway.modem.deliver(from: rehema, "help")
            try await wait(for: "the answer to the person") { gateway.modem.sentTexts.count == 1 }
            #expect(gateway.modem.sentTexts[0].recipient == rehema)
            #expect(try await gateway.tickets().isEmpty)
        }
    }

    @Test("a daemon killed between a customer's text and the answer opens one ticket and answers once")
    func killed() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            for round in 0..<6 {
                for number in 0..<5 {
                    gateway.modem.deliver(
                        from: "+25571200\(1_000 + round * 10 + number)", "my pole \(round)\(number) leans over badly")
                }
                try await Task.sleep(for: .milliseconds(30 * round))
                gateway.killHard()
                try await gateway.startReady()
            }
            try await wait(for: "all tickets") { try await gateway.tickets().count == 30 }
            try await wait(for: "all answers") {
                Set(gateway.modem.sentTexts.map(\.recipient)).count == 30
            }
            #expect(try await gateway.messages().count == 30)
            // One answer each. Only a message that was being sent at a kill, and may not have been sent, is sent again.
            #expect(try await gateway.status().outbox.values.reduce(0, +) == 30)
            #expect(gateway.modem.sentTexts.count <= 30 + 6)
            try await gateway.expectCleanAudit()
        }
    }
}
