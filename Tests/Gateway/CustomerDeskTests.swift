import Domain
import Foundation
import Gateway
import Store
import TestSupport
import Testing

private let rehema = DeskUnderTest.phone
private let juma = "+255754000222"

@Suite("Customers' messages")
struct CustomerDeskTests {
    @Test(
        "a balance is answered in the language of the question",
        arguments: [
            ("BALANCE", "Credit: TZS 0"), ("salyo", "Akiba: TZS 0"), ("mon solde svp", "Crédit: TZS 0"),
            ("saldo", "Credito: TZS 0"), ("balanse", "Credit: TZS 0"),
        ])
    func balance(text: String, said: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(text, from: rehema)
            let texts = try await desk.texts(to: rehema)
            #expect(texts.count == 1 && texts[0].contains(said), "\(texts)")
            #expect(try await desk.tickets().isEmpty)
        }
    }

    @Test("a balance names the overdue amount, the access fee and the next instalment")
    func debts() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let today = desk.today
            try await desk.sell("Pump", 12_000, .amount(Money(minor: 500_000)), from: today.adding(days: -3))
            try await desk.charge(DeskUnderTest.meter, 1_000, due: today)
            try await desk.receive("my debt", from: rehema)
            let text = try #require(try await desk.texts(to: rehema).first)
            #expect(text.contains("Overdue: TZS 5,000."))
            #expect(text.contains("Access fee to pay: TZS 1,000."))
            #expect(text.contains("Next: TZS 5,000 for Pump, by \(today.adding(days: 4))"))
            #expect(text.contains("Pump: TZS 12,000 still to pay."))
        }
    }

    @Test("the stored token is sent again, to its owner and its payer only")
    func resend() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            let first = try #require(try await desk.outbox().first?.body)
            let token = try #require(first.split(separator: "\n").first.map { $0.filter(\.isNumber) })
            desk.clock.advance(.seconds(700))
            for (index, text) in ["TOKEN", "resend 1450000011", "tokeni 0145OOOOO11"].enumerated() {
                try await desk.receive(text, from: rehema)
                let texts = try await desk.texts(to: rehema)
                #expect(texts.count == index + 2, "\(text)")
                #expect(texts.last?.filter(\.isNumber).contains(token) == true, "\(texts)")
                desk.clock.advance(.seconds(700))
            }
            // A second request is answered at once; endless requests of a machine are not.
            for _ in 0..<2 { try await desk.receive("TOKEN", from: rehema) }
            #expect(try await desk.texts(to: rehema).count == 6)
            for _ in 0..<60 { try await desk.receive("TOKEN", from: rehema) }
            #expect(try await desk.texts(to: rehema).count <= 31)
            for text in ["TOKEN", "token \(DeskUnderTest.meter)", DeskUnderTest.meter] {
                try await desk.receive(text, from: juma)
                desk.clock.advance(.seconds(700))
            }
            #expect(try await desk.texts(to: juma).allSatisfy { !$0.filter(\.isNumber).contains(token) })
            let count = try await desk.gateway.steps.read { step in
                let device = try #require(
                    Serial(DeskUnderTest.meter).flatMap { try step.registry.device(serial: $0) })
                return try step.tokens.tokens(of: device.id, limit: 10).count
            }
            #expect(count == 1, "a resent token is never a new one")
            try await desk.expectCleanAudit()
        }
    }

    @Test("a serial with a missing digit leads to a question, not a guess")
    func missingDigit() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive("token 0145000001", from: rehema)
            let text = try #require(try await desk.texts(to: rehema).last)
            #expect(text.contains("0145000001") && !text.contains("Token:"))
        }
    }

    @Test("STOP ends broadcasts and is answered once; tokens are still sent; START begins broadcasts again")
    func optOut() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let phone = try #require(PhoneNumber(e164: rehema))
            for word in ["STOP", "Stop.", "stop"] { try await desk.receive(word, from: rehema) }
            #expect(try await desk.texts(to: rehema).count == 1)
            #expect(try await desk.gateway.steps.read { try $0.choices.isOptedOut(phone) })
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            #expect(try await desk.texts(to: rehema).last?.hasPrefix("Token:") == true)
            try await desk.receive("ANZA", from: rehema)
            let isOut = try await desk.gateway.steps.read { try $0.choices.isOptedOut(phone) }
            #expect(!isOut)
        }
    }

    @Test(
        "a request to stop something else does not stop messages",
        arguments: [
            "please stop the power cuts", "Stop. token not working", "cancel my meter request at once please sir",
        ])
    func noOptOut(text: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(text, from: rehema)
            let phone = try #require(PhoneNumber(e164: rehema))
            let isOut = try await desk.gateway.steps.read { try $0.choices.isOptedOut(phone) }
            #expect(!isOut)
            #expect(try await desk.tickets().count == 1)
        }
    }

    @Test("a chosen language applies to all later messages")
    func language() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("kiswahili tafadhali", from: rehema)
            try await desk.receive("BALANCE", from: rehema)
            #expect(try await desk.texts(to: rehema).map { $0.prefix(5) } == ["Tutak", "Akiba"])
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            #expect(try await desk.texts(to: rehema).last?.hasPrefix("Tokeni:") == true)
        }
    }

    @Test("customers are told the price and how to pay; strangers are told the price if there is only one")
    func price() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("bei ya uniti moja ni shilingi ngapi", from: rehema)
            try await desk.receive("PRICE", from: juma)
            try await desk.receive("how do i pay", from: rehema)
            #expect(try await desk.texts(to: rehema)[0] == "1 kWh ni TZS 250.")
            #expect(try await desk.texts(to: juma) == ["1 kWh costs TZS 250."])
            #expect(try await desk.texts(to: rehema)[1].contains(DeskUnderTest.meter))
        }
    }

    @Test("any other message becomes a ticket, is acknowledged with its number, and continues it for two weeks")
    func tickets() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive("and the goats are inside the yard again", from: rehema)
            #expect(try await desk.tickets().count == 1)
            #expect(try await desk.thread(1).count == 2)
            let texts = try await desk.texts(to: rehema)
            #expect(texts.count == 2 && texts.allSatisfy { $0.contains("#1") })
            desk.clock.advance(.seconds(15 * 86_400))
            try await desk.receive("there is something new with the fence", from: rehema)
            #expect(try await desk.tickets().count == 2)
        }
    }

    @Test(
        "an unknown ticket number, a huge one and someone else's are ignored",
        arguments: [
            "#99 hello there my friend", "#99999999999999999999999 hello there my friend", "#1 hello there my friend",
        ])
    func wrongNumbers(text: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive(text, from: juma)
            #expect(try await desk.thread(1).count == 1, "a message cannot enter someone else's thread")
            let mine = try await desk.thread(2)
            #expect(mine.map(\.body) == [text])
            #expect(try await desk.texts(to: juma).first?.contains("#2") == true)
        }
    }

    @Test("a message to a closed ticket is kept, staff are alerted, and a yes reopens the ticket")
    func afterClosing() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive("CLOSE #1 fence mended", from: staff)
            #expect(try await desk.ticket(1).status == .closed)
            #expect(try await desk.texts(to: rehema).last?.contains("fence mended") == true)
            try await desk.receive("it is not mended at all come and see", from: rehema)
            #expect(try await desk.thread(1).last?.body == "it is not mended at all come and see")
            #expect(try await desk.ticket(1).status == .closed)
            #expect(try await desk.texts(to: rehema).last?.contains("YES") == true)
            desk.clock.advance(.seconds(700))
            try await desk.schedule()
            #expect(try await desk.texts(to: staff).contains { $0.contains("#1") && $0.contains("closed") })
            try await desk.receive("yes please", from: rehema)
            #expect(try await desk.ticket(1).status == .open)
            try await desk.receive("#1 thank you for that my friend", from: rehema)
            #expect(try await desk.tickets().count == 1)
        }
    }

    @Test("two people who share a phone have separate threads by number, and one thread without a number")
    func sharedPhone() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.registerMeter()
            try await desk.importCSV(
                .customers,
                "name,phone,village,mini_grid,cluster,device_kind,serial,tariff\nJuma,\(rehema),Kijiji,Kisiwa,Pwani,meter,01450000029,Domestic\n"
            )
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            #expect(try await desk.ticket(1).customer == nil, "it is not known which of the two wrote")
            #expect(try await desk.thread(1)[0].name == "Rehema / Juma")
            let phone = try #require(PhoneNumber(e164: rehema))
            let now = desk.clock.now
            let second = try await desk.gateway.steps.perform { step in
                try TicketDesk(desk.gateway).open(
                    Ticket(category: "question", subject: "Juma's pole", at: now), "Which pole is it?", phone: phone,
                    tells: true, by: "Asha", step)
            }
            try await desk.receive("#1 the fence is at the school", from: rehema)
            try await desk.receive("#\(second) the one at the market", from: rehema)
            #expect(try await desk.thread(1).last?.body.contains("school") == true)
            #expect(try await desk.thread(second.number).last?.body.contains("market") == true)
        }
    }

    @Test("a person with two phones continues one thread, and the answer goes to the phone that wrote last")
    func twoPhones() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.registerMeter(phone: "\(rehema);\(juma)")
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            desk.clock.advance(.seconds(60))
            try await desk.receive("the goats are inside the yard again", from: juma)
            #expect(try await desk.tickets().count == 1)
            desk.clock.advance(.seconds(60))
            try await desk.receive("#1 We come tomorrow.", from: staff)
            #expect(try await desk.texts(to: juma).last == "#1: We come tomorrow.")
            #expect(try await desk.texts(to: rehema).contains { $0.contains("tomorrow") } == false)
        }
    }

    @Test("thirty reports from one village are one ticket; later reporters are told staff's latest message")
    func outage() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.importCSV(.tariffs, "name,price_per_kwh\nDomestic,250\n")
            var rows = "name,phone,village,mini_grid,cluster,device_kind,serial,tariff\n"
            for number in 10..<40 {
                rows += "C\(number),+2557120000\(number),Kijiji,Kisiwa,Pwani,shs,SHS\(number),\n"
            }
            rows += "Far,+255712000099,Mbali,Bara,Pwani,shs,SHS99,\n"
            try await desk.importCSV(.customers, rows)
            let texts = ["umeme umekatika", "no power in our area", "pas de courant", "HATUNA UMEME"]
            for number in 10..<39 {
                try await desk.receive(texts[number % texts.count], from: "+2557120000\(number)")
            }
            try await desk.receive("#1 Back at six this evening.", from: staff)
            try await desk.receive("no light since morning", from: "+255712000039")
            try await desk.receive("no light here", from: "+255712000099")
            let tickets = try await desk.tickets()
            #expect(tickets.map(\.miniGrid) == ["Kisiwa", "Bara"])
            #expect(tickets.allSatisfy { $0.isOutage })
            #expect(try await desk.thread(1).count == 31)
            #expect(try await desk.texts(to: "+255712000039").first?.contains("Back at six") == true)
            for number in 10..<39 {
                #expect(try await desk.texts(to: "+2557120000\(number)").contains("#1: Back at six this evening."))
            }
        }
    }

    @Test("messages of a person after reporting an outage are not sent to the other reporters")
    func privateAfterOutage() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.registerMeter()
            try await desk.registerMeter("01450000029", phone: juma)
            try await desk.receive("umeme umekatika", from: rehema)
            try await desk.receive("umeme umekatika", from: juma)
            try await desk.receive("the account number of my brother is wrong in your list", from: rehema)
            #expect(try await desk.thread(1).count == 2)
            #expect(try await desk.thread(2).count == 1)
            try await desk.receive("#2 We will call you about your brother.", from: staff)
            #expect(try await desk.texts(to: juma).allSatisfy { !$0.contains("brother") })
            // After a day without reports, it is another outage.
            desk.clock.advance(.seconds(25 * 3_600))
            try await desk.receive("hakuna umeme", from: juma)
            #expect(try await desk.tickets().filter(\.isOutage).count == 2)
        }
    }

    @Test("a stranger's question about a balance is a ticket for staff")
    func strangersBalance() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive("Salio", from: juma)
            #expect(try await desk.thread(1).map(\.body) == ["Salio"])
            #expect(try await desk.texts(to: juma).first?.contains("#1") == true)
        }
    }

    @Test("an answer to staff reaches staff, even while a payment waits for a meter number")
    func answerBesideQuestion() async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive("#1 what colour is the light?", from: staff)
            try await desk.receive("red and blinking", from: rehema)
            #expect(try await desk.thread(1).last?.body == "red and blinking")
            #expect(try await desk.payments()[0].state == .suspense)
        }
    }

    @Test("danger is answered even when the usual number of answers is used up")
    func dangerAfterMany() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for number in 0..<8 {
                try await desk.receive(number.isMultiple(of: 2) ? "BALANCE" : "PRICE", from: rehema)
                desk.clock.advance(.seconds(301))
            }
            try await desk.receive("waya umeanguka chini", from: rehema)
            #expect(try await desk.texts(to: rehema).last?.contains("HATARI") == true)
        }
    }

    @Test("an outage of one house is not an outage of the village")
    func singleHouse() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("no power in my house only", from: rehema)
            let ticket = try await desk.ticket(1)
            #expect(!ticket.isOutage && ticket.category == "outage")
        }
    }

    @Test(
        "danger opens an urgent ticket, is answered with advice, and alerts staff at once",
        arguments: [
            "nguzo imeanguka waya uko chini watoto wanacheza karibu", "there is smoke from the meter 01450000011",
            "il y a de la fumee qui sort du compteur", "o fio caiu no chao perto da escola",
        ])
    func safety(text: String) async throws {
        try await DeskUnderTest.run { desk in
            let staff = "+255754000333"
            _ = try await desk.register(.staff, "Asha", staff)
            try await desk.registerMeter()
            // An open question about money does not prevent this.
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", from: "255712000679"))
            try await desk.receive(text, from: rehema)
            try await desk.schedule()
            let ticket = try await desk.ticket(1)
            #expect(ticket.priority == .urgent && ticket.category == "safety")
            #expect(try await desk.texts(to: rehema).first?.contains("#1") == true)
            let alert = try #require(try await desk.texts(to: staff).first)
            #expect(alert.hasPrefix("URGENT #1") && alert.contains("Kisiwa"))
        }
    }

    @Test("network notices and scams open no ticket and get no answer")
    func spam() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive("Congratulations your number won 5,000,000 call +2348000000099", from: juma)
            try await desk.receive("Your bundle has expired. Dial *149*01# to buy", from: juma)
            #expect(try await desk.tickets().isEmpty)
            #expect(try await desk.outbox().isEmpty)
        }
    }

    @Test("thanks are added to the thread and are not answered")
    func thanks() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("asante", from: rehema)
            #expect(try await desk.tickets().isEmpty)
            #expect(try await desk.outbox().isEmpty)
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive("asante sana", from: rehema)
            #expect(try await desk.thread(1).count == 2)
            #expect(try await desk.texts(to: rehema).count == 1)
            // As a reply to staff's question, it is an answer.
            _ = try await desk.register(.staff, "Asha", juma)
            try await desk.receive("#1 May we come at nine?", from: juma)
            try await desk.receive("sawa", from: rehema)
            #expect(try await desk.ticket(1).status == .open)
            #expect(try await desk.thread(1).last?.body == "sawa")
        }
    }

    @Test("two requests in one message are both answered")
    func severalWishes() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            desk.clock.advance(.seconds(700))
            try await desk.receive("balance and also resend token", from: rehema)
            let texts = try await desk.texts(to: rehema)
            #expect(texts.count == 3)
            #expect(texts[1].hasPrefix("Credit") && texts[2].hasPrefix("Token"))
        }
    }

    @Test("ten messages in a minute are all added to the thread, and at most six are answered")
    func burst() async throws {
        try await DeskUnderTest.run { desk in
            for number in 0..<10 {
                try await desk.receive("the fence at post number \(number) has fallen over", from: juma)
                desk.clock.advance(.seconds(6))
            }
            #expect(try await desk.thread(1).count == 10)
            #expect(try await desk.texts(to: juma).count <= 6)
        }
    }

    @Test("a customer's forwarded receipt is a review and a ticket for staff, and the customer is told so")
    func forwardedReceipt() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(
                "CKD4A2MX7P9 Confirmed. Tsh5,000.00 sent to UMEME BORA 255754000111 on 21/11/26 at 6:02 PM New M-Pesa balance is Tsh1,000.00.",
                from: rehema)
            let message = try #require(try await desk.messages().first)
            if message.disposition == .review {
                #expect(try await desk.ticket(1).category == "payment")
                #expect(try await desk.texts(to: rehema).count == 1)
            }
            #expect(try await desk.payments().isEmpty)
        }
    }
}
