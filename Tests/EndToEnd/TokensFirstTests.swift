import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest
private let rehema = (name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)
private let juma = (name: "Juma", phone: "+255712000679", serial: GatewayUnderTest.secondMeter)

@Suite("Priority of tokens", .serialized)
struct TokensFirstTests {
    @Test(
        "other messages can only use up their share of the daily cap, and tokens are still sent"
    )
    func dailyCap() async throws {
        try await Gateway.run(dailyCap: 40) { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema, juma])
            for number in 0..<60 {
                gateway.modem.deliver(from: "+2557540\(10_000 + number)", "no power here")
                gateway.modem.deliver(from: number.isMultiple(of: 2) ? rehema.phone : juma.phone, "token \(number)")
            }
            try await wait(for: "the texts to be handled") {
                let messages = try await gateway.messages()
                return messages.count == 120 && messages.allSatisfy { $0.state == "handled" }
            }
            try await wait(for: "the share of other messages to be used up") { gateway.modem.sentTexts.count >= 30 }
            for number in 0..<10 {
                let payer = number.isMultiple(of: 2) ? rehema : juma
                gateway.modem.deliver(
                    from: "M-PESA",
                    Gateway.confirmation("CKD4A2MX7P\(number)", from: String(payer.phone.dropFirst())))
            }
            try await wait(for: "the tokens") {
                Set(gateway.modem.sentTexts.flatMap { Gateway.tokens(in: $0.text) }).count == 10
            }
            let outbox = try await gateway.status().outbox
            #expect((outbox["queued"] ?? 0) > 0, "other messages wait for the next day")
        }
    }
}
