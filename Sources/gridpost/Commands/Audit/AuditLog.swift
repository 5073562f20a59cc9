import Admin
import ArgumentParser

/// `gridpost audit-log`
struct AuditLog: Listing {
    static let help = CommandConfiguration(
        commandName: "audit-log", abstract: "List what users changed, newest first.",
        discussion: "Example: gridpost audit-log --limit 20")
    static let address = "/v1/audit-log"
    static let columns = ["NO", "AT", "UID", "ACTION", "DETAIL"]
    static let empty = "no changes yet"

    static func row(_ entry: AuditLogEntryView) -> [String] {
        [
            "\(entry.id)", entry.at, entry.uid.map(String.init) ?? "-", entry.action,
            Terminal.oneLine(entry.detail, 80),
        ]
    }
}
