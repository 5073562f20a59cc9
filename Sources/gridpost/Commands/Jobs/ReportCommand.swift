import Admin
import ArgumentParser
import CSV
import Foundation

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print reports as text, CSV or JSON.", subcommands: [Payouts.self])

    struct Payouts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the amounts owed and paid to contractors, by the month of confirmation.",
            discussion: """
                Examples:
                  gridpost report payouts --month 2026-11
                  gridpost report payouts --csv > payouts.csv
                """)

        @Option(help: "The month: YYYY-MM; default: the current month.")
        var month: String?

        @Flag(help: "Print CSV.")
        var csv = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let address = "/v1/reports/payouts" + Query.text([("month", month)])
            try await client.ask(address, as: PayoutsView.self) { report in
                if csv { return showCSV(report) }
                var table = Table("JOB", "CONTRACTOR", "PHONE", "AMOUNT", "CONFIRMED", "PAID", "REFERENCE")
                for line in report.lines {
                    table.add(
                        "#\(line.number)", line.contractor, line.phone ?? "-", line.amount.amount, line.confirmedAt,
                        line.paidAt ?? "no", line.reference ?? "")
                }
                table.show(empty: "no job was confirmed in \(report.month)")
                Terminal.say(
                    "\(report.month): owed \(report.owed.amount) \(report.owed.currency), paid \(report.paid.amount) \(report.paid.currency)"
                )
            }
        }

        private func showCSV(_ report: PayoutsView) {
            var sheet = CSVWriter(
                "job", "contractor_id", "contractor", "phone", "task", "amount", "currency", "confirmed_at", "paid_at",
                "reference")
            for line in report.lines {
                sheet.add(
                    "\(line.number)", "\(line.contractorId)", line.contractor, line.phone ?? "", line.task,
                    line.amount.amount, line.amount.currency, line.confirmedAt, line.paidAt ?? "", line.reference ?? "")
            }
            Terminal.write(sheet.text, to: 1)
        }
    }
}
