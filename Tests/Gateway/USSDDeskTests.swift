import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

@Suite("USSD menus")
struct USSDDeskTests {
    private static let phone = "255712000678"

    private func ask(
        _ input: MenuRequest.Input, _ desk: DeskUnderTest, session: String = "s1", phone: String = phone,
        number: String? = nil, longest: Int = 160
    ) async throws -> MenuScreen {
        let screen = try await USSDDesk(desk.gateway).take(
            MenuRequest(
                aggregator: "africastalking", session: session, phone: phone, input: input, number: number,
                longest: longest))
        #expect(USSDMenu.length(screen.text) <= longest && GSMAlphabet.septets(of: screen.text) != nil)
        return screen
    }

    @Test("a customer sees the last token, balance and how to pay; a stranger sees nothing of anybody's")
    func screens() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.pay("CKD4A2MX7P1", "10,000.00", for: DeskUnderTest.meter)
            let main = try await ask(.all([]), desk)
            #expect(main.isOpen && main.text.hasPrefix("Umeme Bora\n1 Last token"))
            let token = try await ask(.all(["1"]), desk)
            let digits = try #require(try await desk.lastToken(DeskUnderTest.meter)).digits
            #expect(token.text.filter(\.isNumber).contains(digits) && !token.isOpen)
            let balance = try await ask(.all(["2"]), desk, session: "s2")
            #expect(balance.text.contains("Credit"))
            _ = try await ask(.all(["3"]), desk, session: "s3")
            let buy = try await ask(.all(["3", "1"]), desk, session: "s3")
            #expect(buy.text.contains(DeskUnderTest.meter) && !buy.isOpen)
            for (number, key) in [("255754000999", "1"), ("255754000999", "2"), ("no phone", "1")] {
                let screen = try await ask(.all([key]), desk, session: "t\(number)\(key)", phone: number)
                #expect(screen.text.contains("not registered") && !screen.isOpen && !screen.text.contains(digits))
            }
            // Only how to pay is said to anybody, for a meter that exists.
            let other = try await ask(
                .all(["3", DeskUnderTest.meter]), desk, session: "t4", phone: "255754000999")
            #expect(other.text.contains(DeskUnderTest.meter))
            let unknown = try await ask(.all(["3", "99999"]), desk, session: "t5", phone: "255754000999")
            #expect(unknown.isOpen && unknown.text.contains("do not know"))
        }
    }

    @Test("the same request twice gets the same answer and reports once; a report is answered like an SMS")
    func repeated() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let first = try await ask(.all(["4", "2"]), desk)
            let again = try await ask(.all(["4", "2"]), desk)
            // The aggregator begins the session anew after it lost our answer.
            _ = try await ask(.all([]), desk)
            let third = try await ask(.all(["4", "2"]), desk)
            #expect(first == again && third == first && !first.isOpen)
            try await desk.router.handleWaiting()
            #expect(try await desk.tickets().count == 1)
            #expect(try await desk.texts(to: DeskUnderTest.phone).count == 1)
            // Another session is another report, which goes on in the same ticket.
            _ = try await ask(.all(["4", "2"]), desk, session: "s2")
            try await desk.router.handleWaiting()
            #expect(try await desk.tickets().count == 1)
        }
    }

    @Test("danger is passed on at once, and answered with advice")
    func danger() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            _ = try await ask(.all(["4", "1"]), desk)
            try await desk.router.handleWaiting()
            #expect(try await desk.tickets().first?.priority == .urgent)
        }
    }

    @Test("an aggregator that sends the last input alone is led the same way, and numbers tell repeats apart")
    func lastInput() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            #expect(try await ask(.begin, desk).text.hasPrefix("Umeme Bora"))
            let menu = try await ask(.last("5"), desk, number: "1")
            #expect(menu.text.contains("2 Kiswahili"))
            #expect(try await ask(.last("5"), desk, number: "1") == menu)
            let swahili = try await ask(.last("2"), desk, number: "2")
            #expect(swahili.text.contains("Tokeni ya mwisho"))
            #expect(try await ask(.last("77"), desk, number: "3").text.contains("chagua namba"))
            #expect(try await ask(.end, desk).isOpen == false)
            // After the end the session is over.
            #expect(try await ask(.last("1"), desk, number: "4").text.contains("Tokeni ya mwisho"))
        }
    }

    @Test("a session ends after three minutes")
    func expiry() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            _ = try await ask(.begin, desk)
            _ = try await ask(.last("5"), desk, number: "1")
            desk.clock.advance(.seconds(181))
            #expect(try await ask(.last("2"), desk, number: "2").text.contains("1 Last token"))
        }
    }

    @Test("a long answer is cut into pages, and nothing is lost between them", arguments: [60, 90, 120, 160])
    func pages(longest: Int) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for number in 1...5 {
                try await desk.sell("Appliance number \(number)", 5_000, .count(5), from: desk.today)
            }
            var screen = try await ask(.all(["2"]), desk, longest: longest)
            var inputs = ["2"]
            var all = ""
            while screen.text.contains("98 ") {
                all += screen.text
                inputs.append("98")
                let next = try await ask(.all(inputs), desk, longest: longest)
                guard next.text != screen.text else { break }
                screen = next
                if inputs.count > 30 { break }
                if screen.text.contains("choose") { break }
            }
            // The last page offers no further one.
            #expect(!screen.text.contains("98 ") && screen.text.contains("0 Back"))
            for number in 1...5 where longest > 60 { #expect((all + screen.text).contains("number \(number)")) }
        }
    }

    @Test("no input makes a screen too long or stops the desk")
    func hostile() async throws {
        let words = [
            "1", "2", "3", "4", "5", "0", "98", "", " ", "*", "#", "-1", "9999999999999999999999", "é", "𝄞", "\u{0}",
            String(repeating: "x", count: 500), DeskUnderTest.meter,
        ]
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for seed in 0..<60 {
                var generator = SeededGenerator(seed: UInt64(seed))
                var inputs: [String] = []
                for _ in 0..<12 {
                    inputs.append(words.randomElement(using: &generator) ?? "")
                    _ = try await ask(
                        Bool.random(using: &generator) ? .all(inputs) : .last(inputs.last ?? ""), desk,
                        session: "s\(seed).\(Int.random(in: 0...2, using: &generator))")
                }
            }
        }
    }
}
