import Domain
import Gateway
import Store
import Testing

@Suite("What people write")
struct QuestionDeskTests {
    @Test("two machines do not talk to each other for ever")
    func loop() async throws {
        try await DeskUnderTest.run { desk in
            for _ in 0..<20 {
                try await desk.receive("I am driving and will ring you later.", from: "+255754000999")
                desk.clock.advance(.seconds(5))
            }
            // The ticket's number, and once that the text was added.
            #expect(try await desk.outbox().count == 2)
            for _ in 0..<20 {
                try await desk.receive("I am driving and will ring you later.", from: "+255754000999")
                desk.clock.advance(.seconds(301))
            }
            let answers = try await desk.outbox()
            // 100 minutes: at most six an hour.
            #expect(answers.count > 6 && answers.count <= 14)
            let thread = try await desk.thread(1)
            #expect(thread.count == 40, "nothing is lost, however often it comes")
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

    @Test("an answer that is none is asked again, and a wrong number in it is named")
    func wrongAnswers() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive("habari", from: DeskUnderTest.phone)
            try await desk.receive("01450009999", from: DeskUnderTest.phone)
            let texts = try await desk.outbox().map(\.body)
            // The question itself was said a moment ago; it is not said again, the wrong number is.
            #expect(texts.contains { $0.contains("01450009999") })
            #expect(try await desk.payments().map(\.state) == [.suspense])
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.meter, from: DeskUnderTest.phone)
            #expect(try await desk.payments().map(\.state) == [.completed])
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a text of control characters, an empty one and emoji harm nothing",
        arguments: ["\u{1}\u{2}\u{3}\u{7f}", "", "😀😀", "\r\n\r\n"])
    func odd(text: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive(text, from: DeskUnderTest.phone)
            #expect(try await desk.messages().map(\.state) == [.handled])
        }
    }

    @Test("a contractor's answer with a number that no machine can hold is read like any other")
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
