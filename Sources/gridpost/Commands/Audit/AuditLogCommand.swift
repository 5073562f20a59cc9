import Admin
import ArgumentParser

struct AuditLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit-log", abstract: "List what users changed, newest first.",
        discussion: "Example: gridpost audit-log --limit 20")

    @OptionGroup var list: ListOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.ask("/v1/audit-log" + list.query(), as: PageView<AuditLogEntryView>.self) { page in
            var table = Table("NO", "AT", "UID", "ACTION", "DETAIL")
            for entry in page.items {
                table.add(
                    "\(entry.id)", entry.at, entry.uid.map(String.init) ?? "-", entry.action,
                    Terminal.oneLine(entry.detail, 80))
            }
            table.show(empty: "no changes yet")
            list.showNext(page.next)
        }
    }
}
