import Admin
import ArgumentParser
import Foundation
import Gateway

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import a CSV file: all rows or none.",
        discussion: """
            Examples:
              gridpost import tariffs tariffs.csv --dry-run
              gridpost import customers customers.csv
              gridpost import customers --columns
            """)

    /// The maximum number of faults printed: a file of another kind has a fault in every row.
    private static let mostFaults = 30

    @Argument(help: "The kind of data: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: String

    @Argument(help: "The CSV file: UTF-8 with a header row.")
    var file: String?

    @Flag(help: "Check the file without changing anything.")
    var dryRun = false

    @Flag(help: "Import a file even if it was already imported.")
    var again = false

    @Flag(help: "Explain the columns of this kind of file.")
    var columns = false

    @OptionGroup var client: ClientOptions

    func validate() throws {
        guard ImportKind(rawValue: kind) != nil else {
            throw ValidationError(
                "'\(kind)' cannot be imported; known kinds: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        if file == nil, !columns { throw ValidationError("give the CSV file") }
    }

    func run() async throws {
        guard let kind = ImportKind(rawValue: kind) else { return }
        if columns {
            var table = Table("COLUMN", "REQUIRED", "MEANING")
            for column in kind.columns { table.add(column.name, column.isRequired ? "yes" : "no", column.meaning) }
            return table.show(empty: "")
        }
        guard let file, let data = FileManager.default.contents(atPath: file) else {
            Terminal.complain("gridpost: \(file ?? "") cannot be read")
            throw ExitCode(1)
        }
        let answer = try await client.post("/v1/imports/\(kind.rawValue)?dry_run=\(dryRun)&again=\(again)", data)
        guard answer.status == 200 || answer.status == 422 else {
            Terminal.complain("gridpost: \(AdminClient.refusal(answer))")
            throw ExitCode(1)
        }
        if client.json {
            Terminal.write(String(decoding: answer.body, as: UTF8.self) + "\n", to: 1)
        } else {
            let result = try AdminClient.decode(ImportView.self, answer.body)
            for row in result.bad.prefix(Self.mostFaults) { Terminal.complain("\(file):\(row.line): \(row.reason)") }
            if result.bad.count > Self.mostFaults {
                Terminal.complain("... and \(result.bad.count - Self.mostFaults) more; use --json to see all")
            }
            if !result.bad.isEmpty {
                Terminal.complain("nothing was imported: \(Terminal.count(result.bad.count, "fault"))")
            } else if let at = result.importedAlready {
                Terminal.say("already imported on \(at): \(Terminal.count(result.rows, "row")); nothing was changed")
            } else {
                Terminal.say(
                    result.dryRun
                        ? "\(Terminal.count(result.rows, "row")) checked, no faults; nothing was changed"
                        : "\(Terminal.count(result.imported, "row")) imported")
            }
        }
        if answer.status != 200 { throw ExitCode(1) }
    }
}
