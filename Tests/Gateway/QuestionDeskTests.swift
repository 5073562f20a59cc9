import Domain
import Gateway
import Store
import Testing

@Suite("Limits on answers, and questions")
struct QuestionDeskTests {
    @Test("two machines do not exchange messages for ever")
    func loop() async throws {
        try await DeskUnderTest.run { desk in
            for _ in 0..<20 {
                try await desk.receive("I am driving and will ring you later.", from: "+255754000999")
                desk.clock.advance(.seconds(5))
            }
            // The ticket's number, and once that the message was added.
            #expect(try await desk.outbox().count == 2)
            for _ in 0..<20 {
                try await desk.receive("I am driving and will ring you later.", from: "+255754000999")
                desk.clock.advance(.seconds(301))
            }
            #expect(try await desk.outbox().count == 2, "the fifth identical text counts as a machine's")
            let thread = try await desk.thread(1)
            #expect(thread.count == 40, "every message is kept")
        }
    }

    @Test(
        "a machine's number still gets answers on danger and money, and is reset after a silent day, with one alert"
    )
    func machine() async throws {
        try await DeskUnderTest.run { desk in
            let asha = "+255754000333"
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            for _ in 0..<8 {
                try await desk.receive("I am in a meeting", from: DeskUnderTest.phone)
                desk.clock.advance(.seconds(400))
            }
            let before = try await desk.texts(to: DeskUnderTest.phone).count
            try await desk.receive("how do I pay?", from: DeskUnderTest.phone)
            #expect(try await desk.texts(to: DeskUnderTest.phone).count == before)
            try await desk.receive("fire at the powerhouse", from: DeskUnderTest.phone)
            #expect(try await desk.texts(to: DeskUnderTest.phone).last?.contains("keep away") == true)
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            #expect(try await desk.texts(to: DeskUnderTest.phone).count == before + 2, "the token is sent")
            for _ in 0..<4 {
                desk.clock.advance(.seconds(601))
                try await desk.schedule()
            }
            let said = try await desk.texts(to: asha).filter { $0.contains("same text") || $0.contains("review") }
            #expect(said.count == 1)
            desk.clock.advance(.seconds(86_401))
            try await desk.receive("how do I pay?", from: DeskUnderTest.phone)
            #expect(try await desk.texts(to: DeskUnderTest.phone).count == before + 3)
        }
    }

    @Test("a token is sent again a few times a day, then there is one ticket; the next day it is sent again")
    func tokenAgain() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            for number in 0..<12 {
                try await desk.receive(
                    "token \(["please", "pls", "now", "again"][number % 4])", from: DeskUnderTest.phone)
                desk.clock.advance(.seconds(1_200))
            }
            let again = try await desk.outbox().filter { $0.isAutomatic && $0.payment != nil }
            #expect(again.count == 4)
            #expect(again.allSatisfy { $0.messageClass == .answer }, "they have no priority over tokens")
            #expect(try await desk.tickets().count == 1)
            #expect(try await desk.texts(to: DeskUnderTest.phone).filter { $0.contains("#1") }.count == 1)
            desk.clock.advance(.seconds(86_400))
            try await desk.receive("token please", from: DeskUnderTest.phone)
            #expect(try await desk.outbox().filter { $0.isAutomatic && $0.payment != nil }.count == 5)
        }
    }

    @Test("the gateway limits answers per hour, danger excepted, and staff are alerted once when the limit is reached")
    func budget() async throws {
        let fewReplies = { (settings: inout GatewaySettings) in settings.repliesPerHourOfAll = 10 }
        try await DeskUnderTest.run(change: fewReplies) { desk in
            let asha = "+255754000333"
            _ = try await desk.register(.staff, "Asha", asha)
            for number in 10..<40 { try await desk.receive("how do I pay?", from: "+2557540001\(number)") }
            #expect(try await desk.outbox().filter(\.isAutomatic).count == 10)
            try await desk.receive("fire at the powerhouse", from: "+255754000999")
            #expect(try await desk.texts(to: "+255754000999").count == 1)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).filter { $0.contains("automatic answers") }.count == 1)
            desk.clock.advance(.seconds(3_601))
            try await desk.receive("how do I pay?", from: "+255754000199")
            #expect(try await desk.texts(to: "+255754000199").count == 1)
        }
    }

    @Test("names and short codes are never answered", arguments: ["Vodacom", "15000", "INFO"])
    func strangers(originator: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive("Win a car! Reply YES", from: originator)
            #expect(try await desk.outbox().isEmpty)
            #expect(try await desk.messages().first?.disposition == .ignore)
        }
    }

    @Test("an invalid answer leads to the question again, and a wrong number in it is named")
    func wrongAnswers() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive("habari", from: DeskUnderTest.phone)
            try await desk.receive("01450009999", from: DeskUnderTest.phone)
            let texts = try await desk.outbox().map(\.body)
            // The question was sent a moment ago and is not repeated; the message about the wrong number is sent.
            #expect(texts.contains { $0.contains("01450009999") })
            #expect(try await desk.payments().map(\.state) == [.suspense])
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.meter, from: DeskUnderTest.phone)
            #expect(try await desk.payments().map(\.state) == [.completed])
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "control characters, an empty text and emoji do no harm",
        arguments: ["\u{1}\u{2}\u{3}\u{7f}", "", "😀😀", "\r\n\r\n"])
    func odd(text: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive(text, from: DeskUnderTest.phone)
            #expect(try await desk.messages().map(\.state) == [.handled])
        }
    }

    @Test("a contractor's answer with a number too large for an integer is read like any other")
    func hostileNumber() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerMeter("01450000029")
            _ = try await desk.register(.contractor, "Juma", DeskUnderTest.phone)
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            for text in ["-9223372036854775808", "9223372036854775808", "0", "3"] {
                try await desk.receive(text, from: DeskUnderTest.phone)
            }
            #expect(try await desk.payments().map(\.state) == [.suspense])
            #expect(try await desk.messages().allSatisfy { $0.state == .handled })
            try await desk.receive("2", from: DeskUnderTest.phone)
            #expect(try await desk.payments().map(\.state) == [.completed])
        }
    }
}
