import Admin
import ArgumentParser

struct AuditLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acts", abstract: "What people changed, and who they were; newest first.",
        discussion: "Example: gridpost acts --limit 20")

    @OptionGroup var list: ListOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.ask("/v1/acts" + list.query(), as: PageView<AuditLogEntryView>.self) { page in
            var table = Table("NO", "AT", "UID", "ACT", "DETAIL")
            for act in page.items {
                table.add(
                    "\(act.id)", act.at, act.uid.map(String.init) ?? "-", act.action, Terminal.oneLine(act.detail, 80))
            }
            table.show(empty: "nobody changed anything")
            list.showNext(page.next)
        }
    }
}
