import Admin
import Foundation

/// Prints a broadcast with its message counts.
enum BroadcastDetail {
    static func show(_ broadcast: BroadcastView) {
        let counts = broadcast.counts
        var card = FieldList()
        card.add("broadcast", "\(broadcast.id), \(broadcast.state)")
        card.add("class", broadcast.class)
        card.add("starts", broadcast.startsAt)
        card.add("ended", broadcast.endedAt)
        for text in broadcast.texts { card.add(text.language.isEmpty ? "text" : "text \(text.language)", text.text) }
        card.add("recipients", "\(broadcast.recipients)")
        card.add("SMS parts", "\(broadcast.parts)")
        card.add("price", broadcast.price.map { "\($0.amount) \($0.currency)" })
        card.add("opted out", "\(broadcast.optedOut)")
        card.add("delivered", "\(counts.delivered)")
        card.add("sent", "\(counts.sent), no delivery report yet")
        card.add("failed", "\(counts.failed)")
        card.add("unknown", "\(counts.unknown)")
        card.add("not sent", "\(counts.notSent)")
        card.add("waiting", counts.queued + counts.sending > 0 ? "\(counts.queued + counts.sending)" : nil)
        card.show()
    }
}

extension String {
    var utf8Data: Data { Data(utf8) }
}
