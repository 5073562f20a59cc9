import Admin
import Foundation

/// A progress bar: updated in place on a terminal, otherwise printed as lines.
struct ProgressBar {
    private static let width = 30
    private let isLive = Terminal.isTerminal

    func show(_ counts: BroadcastCountsView, state: String) {
        let done = counts.total == 0 ? 0 : counts.settled * Self.width / counts.total
        let bar = String(repeating: "#", count: done) + String(repeating: ".", count: Self.width - done)
        var text = "[\(bar)] \(counts.settled)/\(counts.total) \(state), \(counts.sent + counts.delivered) sent"
        if counts.failed + counts.unknown > 0 { text += ", \(counts.failed + counts.unknown) failed or unknown" }
        if isLive { Terminal.write("\r\u{1B}[K\(text)", to: 1) } else { Terminal.say(text) }
    }

    func end() { if isLive { Terminal.say("") } }
}
