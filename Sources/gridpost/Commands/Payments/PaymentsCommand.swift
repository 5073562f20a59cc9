import Admin
import ArgumentParser
import Domain

struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "List and show payments, and decide about them.",
        discussion: """
            Examples:
              gridpost payments held
              gridpost payments approve 12
              gridpost payments assign 13 01450000011
              gridpost payments refund 14 --reference QK7H2A
              gridpost payments reassign 15 01450000029
            """,
        subcommands: [
            List.self, Show.self, Held.self, Suspense.self, Approve.self, Reject.self, Assign.self, Refund.self,
            Reassign.self, Reverse.self, Resend.self, RetryToken.self, SettleToken.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List payments, newest first.",
            discussion: "Example: gridpost payments list --state held")

        @Option(help: "Only payments in this state: \(PaymentState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws { try await PaymentTable.show(state, list, client) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one payment with its allocations, token and messages.",
            discussion: "Example: gridpost payments show 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/payments/\(id)", as: PaymentView.self) { PaymentDetail.show($0) }
        }
    }
}
