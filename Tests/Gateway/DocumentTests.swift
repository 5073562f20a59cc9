import Domain
import Foundation
import GRDB
import ModemLink
import TestSupport
import Testing

@testable import Store

/// The handbook's pages that are made from the code. `GRIDPOST_WRITE=1 swift test --filter DocumentTests` writes them anew.
@Suite("Pages of the handbook that are made from the code")
struct DocumentTests {
    private func check(_ name: String, _ text: String) throws {
        let file = Fixtures.checkout.appendingPathComponent("templates/handbook/\(name)")
        if ProcessInfo.processInfo.environment["GRIDPOST_WRITE"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == text, "\(name) is not what the code says; write it anew with GRIDPOST_WRITE=1")
    }

    @Test("the states are those of the code, with what may follow each")
    func states() throws {
        var text = """
            # States

            Made from the code by `Tests/Gateway/DocumentTests.swift`. Each line says which states may follow the one before the
            arrow; a state without an arrow is the end.

            """
        func section<State: RawRepresentable & CaseIterable & Hashable>(
            _ title: String, _: State.Type, _ next: (State) -> Set<State>
        ) where State.RawValue == String {
            let width = State.allCases.map(\.rawValue.count).max() ?? 0
            text += "\n## \(title)\n\n```\n"
            for state in State.allCases {
                let followers = next(state)
                let shown = State.allCases.filter(followers.contains).map(\.rawValue).joined(separator: " | ")
                let name = state.rawValue.padding(toLength: width, withPad: " ", startingAt: 0)
                text += shown.isEmpty ? "\(state.rawValue)\n" : "\(name) -> \(shown)\n"
            }
            text += "```\n"
        }
        section("Payment", PaymentState.self) { $0.next }
        section("Outbox message", OutboxState.self) { $0.next }
        section("Ticket", TicketStatus.self) { status in
            Set(TicketEvent.allCases.compactMap { status.after($0) }).subtracting([status])
        }
        section("Job", JobStatus.self) { status in
            let byStaff = JobOrder.allCases.compactMap { status.after($0) }
            let byContractor = JobAnswer.allCases.compactMap { status.after($0) }
            return Set(byStaff + byContractor).subtracting([status])
        }
        section("Broadcast", BroadcastState.self) { $0.next }
        section("Modem", ModemState.self) { $0.next }
        try check("states.md", text)
    }

    @Test("the schema is that of the migrations")
    func schema() throws {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        let text = try queue.read { database in
            var text = """
                # The database

                Made from the migrations by `Tests/Gateway/DocumentTests.swift`; the version is \(Schema.latest). Money is in minor
                units, energy in 0.1 kWh, prices in 1/10000 of the currency's unit, moments in milliseconds since 1970, days as
                ISO 8601.

                """
            let tables = try String.fetchAll(
                database,
                sql:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%' ORDER BY name"
            )
            for table in tables {
                text += "\n## \(table)\n\n| column | type | refers to |\n| --- | --- | --- |\n"
                let references = try Row.fetchAll(
                    database, sql: "SELECT * FROM pragma_foreign_key_list(?)", arguments: [table])
                for column in try Row.fetchAll(database, sql: "SELECT * FROM pragma_table_info(?)", arguments: [table])
                {
                    let name: String = column["name"]
                    let target = references.first { $0["from"] == name }.map { "\($0["table"] as String)" } ?? ""
                    let required = (column["notnull"] as Bool) || (column["pk"] as Int) > 0
                    text += "| \(name) | \(column["type"] as String)\(required ? "" : ", may be null") | \(target) |\n"
                }
                let rules = try Row.fetchAll(
                    database,
                    sql:
                        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name",
                    arguments: [table])
                if !rules.isEmpty { text += "\n" }
                for rule in rules {
                    let isUnique = (rule["sql"] as String).hasPrefix("CREATE UNIQUE")
                    text += "* \(isUnique ? "unique " : "")\(rule["type"] as String) `\(rule["name"] as String)`\n"
                }
            }
            return text
        }
        try check("schema.md", text)
    }
}
