import Admin
import Foundation

/// Prints a broadcast with its message counts.
enum BroadcastDetail {
    static func show(_ broadcast: BroadcastView) {
        let counts = broadcast.counts
        var fields = FieldList()
        fields.add("broadcast", "\(broadcast.id), \(broadcast.state)")
        fields.add("class", broadcast.class)
        fields.add("starts", broadcast.startsAt)
        fields.add("ended", broadcast.endedAt)
        for text in broadcast.texts { fields.add(text.language.isEmpty ? "text" : "text \(text.language)", text.text) }
        fields.add("recipients", "\(broadcast.recipients)")
        fields.add("SMS parts", "\(broadcast.parts)")
        fields.add("price", broadcast.price.map { "\($0.amount) \($0.currency)" })
        fields.add("opted out", "\(broadcast.optedOut)")
        fields.add("delivered", "\(counts.delivered)")
        fields.add("sent", "\(counts.sent), no delivery report yet")
        fields.add("failed", "\(counts.failed)")
        fields.add("unknown", "\(counts.unknown)")
        fields.add("not sent", "\(counts.notSent)")
        fields.add("waiting", counts.queued + counts.sending > 0 ? "\(counts.queued + counts.sending)" : nil)
        fields.show()
    }
}

extension String {
    var utf8Data: Data { Data(utf8) }
}
