import Admin
import Foundation

/// A broadcast and its account on the screen.
enum BroadcastCard {
    static func show(_ broadcast: BroadcastView) {
        let counts = broadcast.counts
        var card = Card()
        card.add("broadcast", "\(broadcast.id), \(broadcast.state)")
        card.add("class", broadcast.class)
        card.add("begins", broadcast.startsAt)
        card.add("ended", broadcast.endedAt)
        for text in broadcast.texts { card.add(text.language.isEmpty ? "text" : "text \(text.language)", text.text) }
        card.add("recipients", "\(broadcast.recipients)")
        card.add("SMS parts", "\(broadcast.parts)")
        card.add("price", broadcast.price.map { "\($0.amount) \($0.currency)" })
        card.add("opted out", "\(broadcast.optedOut)")
        card.add("delivered", "\(counts.delivered)")
        card.add("sent", "\(counts.sent), no report yet")
        card.add("failed", "\(counts.failed)")
        card.add("unknown", "\(counts.unknown)")
        card.add("not sent", "\(counts.notSent)")
        card.add("waiting", counts.queued + counts.sending > 0 ? "\(counts.queued + counts.sending)" : nil)
        card.show()
    }
}

/// A bar that grows in place on a terminal, and lines elsewhere.
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

extension String {
    var utf8Data: Data { Data(utf8) }
}
