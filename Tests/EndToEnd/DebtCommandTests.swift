import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

@Suite("Debts and decisions on the command line", .serialized)
struct DebtCommandTests {
    private static let key = "bc41ec9530f6dac86b1a29ab82edc5fb"

    @Test("a solar home system is sold, paid by SMS, rescheduled and unlocked, and its balance is queried")
    func sale() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.importCSV(
                "customers",
                "name,phone,village,mini_grid,cluster,device_kind,serial,paygo_key\nRehema,0712000678,Kijiji,Kisiwa,Pwani,shs,SHS0001,\(Self.key)\n"
            )
            func expect(_ words: String, _ arguments: String...) throws {
                let answer = try gateway.command(arguments)
                #expect(answer.status == 0, "\(arguments): \(answer.errors)")
                #expect(answer.output.contains(words), "\(arguments): \(answer.output)")
            }
            try expect("appliance 1", "appliances", "add", "SHS 50", "--price", "2100", "--remind-before", "3")
            try expect("SHS 50", "appliances", "list")
            try expect(
                "2026-12-08", "sales", "add", "--customer", "1", "--appliance", "SHS 50", "--device", "SHS0001",
                "--each", "700", "--weekly", "--first", "2026-12-01")
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1", "800.00"))
            try await wait(for: "the days") {
                gateway.texts(to: "+255712000678").contains { $0.contains("8 days for SHS0001") }
            }
            gateway.modem.deliver(from: "+255712000678", "balance")
            try await wait(for: "the balance") {
                gateway.texts(to: "+255712000678").contains {
                    $0.contains("SHS 50: TZS 1,300 still to pay.") && $0.contains("SHS0001: 8 days left.")
                }
            }
            try expect(
                "replaced", "sales", "reschedule", "1", "--instalments", "1", "--weekly", "--first", "2026-12-10")
            try expect("8 days", "devices", "show", "SHS0001")
            try expect("8 days left", "customers", "show", "1")
            try expect("1300.00 outstanding", "customers", "show", "1")
            try expect("completed", "payments", "resend", "1")
            try await wait(for: "the token to be sent again") {
                gateway.texts(to: "+255712000678").contains { $0.contains("8 days for SHS0001, bought") }
            }
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2", "1,300.00"))
            try await wait(for: "the unlock") {
                gateway.texts(to: "+255712000678").contains { $0.contains("SHS0001 is yours") }
            }
            try expect("paid", "sales", "list")
            let again = try gateway.command([
                "sales", "reschedule", "1", "--instalments", "1", "--weekly", "--first", "2026-12-10",
            ])
            #expect(again.status == 1 && again.errors.contains("is paid off"))
            let wrong = try gateway.command([
                "sales", "add", "--customer", "1", "--appliance", "SHS 05", "--weekly",
                "--instalments", "3", "--first", "2026-02-30",
            ])
            #expect(wrong.status == 1 && wrong.errors.contains("a day such as"))
            try expect("holds", "audit")
            // A token of staff that sets the days to 0.
            let token = try gateway.command([
                "token", "issue", "SHS0001", "set_time", "--value", "0", "--reason", "test",
            ])
            #expect(token.status == 0 && token.output.filter(\.isNumber).count == 9)
            #expect(!gateway.log.contains(token.output.filter(\.isNumber)))
            try await gateway.expectCleanAudit()
        }
    }

    @Test("staff approve, assign, refund, reassign and reverse payments, and payers and owners are told")
    func decisions() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([
                ("Rehema", "+255712000678", Gateway.firstMeter), ("Juma", "+255712000777", Gateway.secondMeter),
            ])
            func expect(_ words: String, _ arguments: String...) throws {
                let answer = try gateway.command(arguments)
                #expect(answer.status == 0, "\(arguments): \(answer.errors)")
                #expect(answer.output.contains(words), "\(arguments): \(answer.output)")
            }
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1", "900,000.00"))
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2", "1,000.00", from: "255712000888"))
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P3", "1,000.00", from: "255712000888"))
            try await wait(for: "three payments") { try await gateway.payments().count == 3 }
            try expect("above the ceiling", "payments", "held")
            try expect("CKD4A2MX7P2", "payments", "suspense")
            try expect("completed", "payments", "approve", "1")
            try expect("completed", "payments", "assign", "2", Gateway.secondMeter)
            try expect("refunded", "payments", "refund", "3", "--reference", "QK7H2A")
            try await wait(for: "the texts") {
                gateway.texts(to: "+255712000888").contains { $0.contains("back to you. Reference QK7H2A") }
                    && gateway.texts(to: "+255712000777").contains { $0.hasPrefix("Token:") }
            }
            let sent = try gateway.command(["payments", "reassign", "2", Gateway.firstMeter])
            #expect(sent.status == 1 && sent.errors.contains("was sent"))
            try expect("completed", "payments", "reassign", "2", Gateway.firstMeter, "--charge")
            try await wait(for: "both owners") {
                gateway.texts(to: "+255712000777").contains { $0.contains("You owe TZS") }
                    && gateway.texts(to: "+255712000678").filter { $0.hasPrefix("Token:") }.count == 2
            }
            try expect("reversed", "payments", "reverse", "2", "--reason", "a letter")
            try expect("reversal CKD4A2MX7P2", "sales", "list", "--customer", "1")
            let twice = try gateway.command(["payments", "reverse", "2", "--reason", "a letter"])
            #expect(twice.status == 1 && twice.errors.contains("is reversed"))
            try expect("POST /v1/payments/{id}/reassign", "audit-log")
            try expect("holds", "audit")
        }
    }
}
