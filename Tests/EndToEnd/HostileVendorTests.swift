import Admin
import Foundation
import Simulator
import TestSupport
import Testing

@Suite("A vendor whose answers are not valid HTTP", .serialized)
struct HostileVendorTests {
    @Test(
        "the order is in doubt, and the daemon keeps running",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", "\u{0}\u{1}\r\n\r\n", "",
        ])
    func hostile(answer: String) async throws {
        let vendor = try await RawServer(Array(answer.utf8))
        try await GatewayUnderTest.run(calin: vendor.url) { gateway in
            try await gateway.startReady()
            let daemon = gateway.daemon?.processIdentifier
            try await gateway.register([("Rehema", "+255712000678", GatewayUnderTest.firstMeter)])
            try await gateway.importCSV(
                "customers",
                """
                name,phone,village,mini_grid,cluster,device_kind,serial,tariff,token
                Asha,+255712000679,Kijiji,Kisiwa,Pwani,meter,CAL1001,Domestic,calin

                """)
            gateway.modem.deliver(
                from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P1", from: "255712000679"))
            try await wait(for: "the order to be in doubt") {
                guard let payment = try await gateway.payments().first else { return false }
                return try await gateway.payment(payment.id).tokenRequest?.state == "unknown"
            }
            // Tokens made by the gateway itself still come from the same daemon process.
            gateway.modem.deliver(from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P2"))
            try await wait(for: "the token") { gateway.modem.sentTexts.contains { $0.text.hasPrefix("Token:") } }
            #expect(gateway.daemon?.isRunning == true && gateway.daemon?.processIdentifier == daemon)
        }
        try await vendor.stop()
    }
}
