import Domain
import Foundation
import Logging

/// Writes each log event as one line to standard error: systemd's priority, the message, and `key=value` pairs. Without
/// the journal, the line begins with time and level instead of the priority.
struct JournalLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info
    private let isJournal = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        var line =
            isJournal ? "<\(Self.priority(event.level))>" : "\(SystemClock().now.rfc3339) \(event.level.rawValue): "
        line += event.message.description
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(Self.quoted("\(value)"))" }
        Terminal.write(line.replacingOccurrences(of: "\n", with: " | ") + "\n", to: 2)
    }

    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0 != "\"" && $0 != "=" }
        return plain && !text.isEmpty ? text : "\"" + text.replacingOccurrences(of: "\"", with: "'") + "\""
    }

    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
