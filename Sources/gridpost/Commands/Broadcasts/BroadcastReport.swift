import Admin
import ArgumentParser
import CSV
import Foundation

extension BroadcastCommand {
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the state of each phone's message: a table on a terminal, otherwise CSV.",
            discussion: """
                Examples:
                  gridpost broadcast report 3
                  gridpost broadcast report 3 > report.csv
                """)

        @OptionGroup var broadcast: BroadcastArgument

        @Flag(help: "Print CSV, even on a terminal.")
        var csv = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let deliveries = try await client.all(broadcast.address + "/deliveries", as: DeliveryView.self)
            if client.json {
                let encoder = JSONEncoder()
                encoder.keyEncodingStrategy = .convertToSnakeCase
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                return Terminal.say(String(decoding: try encoder.encode(deliveries), as: UTF8.self))
            }
            if csv || !Terminal.isTerminal {
                var sheet = CSVWriter("phone", "state", "at", "error")
                for delivery in deliveries {
                    sheet.add(delivery.phone, delivery.state, delivery.at, delivery.error ?? "")
                }
                return Terminal.write(sheet.text, to: 1)
            }
            var table = Table("PHONE", "STATE", "AT", "ERROR")
            for delivery in deliveries {
                table.add(delivery.phone, delivery.state, delivery.at, delivery.error ?? "")
            }
            table.show(empty: "no recipients")
        }
    }
}
