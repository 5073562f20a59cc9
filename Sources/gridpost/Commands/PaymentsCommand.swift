import Admin
import ArgumentParser
import Domain

struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "Payments and what became of them.", subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Payments, newest first.",
            discussion: "Example: gridpost payments list --state held")

        @Option(help: "Only in this state: \(PaymentState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/payments" + list.query([("state", state)]), as: PageView<PaymentView>.self) {
                page in
                var table = Table("NO", "RECEIVED", "PROVIDER", "TRANSACTION", "AMOUNT", "DEVICE", "STATE")
                for payment in page.items {
                    table.add(
                        "\(payment.id)", payment.receivedAt, payment.provider, payment.txnId,
                        "\(payment.amount.amount) \(payment.amount.currency)", payment.serial ?? "-", payment.state)
                }
                table.show(empty: "no payments")
                list.showNext(page.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One payment with its use, its token and its messages.",
            discussion: "Example: gridpost payments show 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/payments/\(id)", as: PaymentView.self) { payment in
                var card = Card()
                card.add("payment", "\(payment.id), \(payment.state)")
                card.add("amount", "\(payment.amount.amount) \(payment.amount.currency)")
                card.add("from", [payment.payerName, payment.payerMsisdn].compactMap { $0 }.joined(separator: ", "))
                card.add("provider", "\(payment.provider), \(payment.txnId)")
                card.add("provider time", payment.providerTime)
                card.add("received", payment.receivedAt)
                card.add("reference", payment.reference)
                card.add("device", payment.serial)
                card.add("held because", payment.reasons.isEmpty ? nil : payment.reasons.joined(separator: "\n"))
                for part in payment.allocations ?? [] {
                    card.add(
                        "used for", "\(part.kind) \(part.amount.amount)" + (part.energyKwh.map { ", \($0) kWh" } ?? "")
                    )
                }
                card.add("token", payment.token.map { "\($0.token), \($0.energyKwh) kWh" })
                for message in payment.messages ?? [] {
                    card.add("message \(message.id)", "to \(message.to), \(message.state)\n\(message.text)")
                }
                card.show()
            }
        }
    }
}
