import Admin

/// Prints the life of one outgoing message.
enum OutgoingMessageDetail {
    static func show(_ detail: OutMessageDetailView) {
        let message = detail.message
        var fields = FieldList()
        fields.add("message", "\(message.id), \(message.state)")
        fields.add("to", message.to)
        fields.add("class", message.class)
        fields.add("text", message.text)
        fields.add("payment", message.paymentId.map(String.init))
        fields.add("not before", detail.notBefore)
        fields.add("expires", detail.expiresAt)
        for part in detail.parts {
            let handed = part.modem.map { ", handed to \($0)\(part.at.map { " at \($0)" } ?? "")" } ?? ""
            fields.add("part \(part.number) of \(detail.parts.count)", part.state + handed)
        }
        for attempt in detail.attempts {
            let words = [
                "\(attempt.modem), part \(attempt.part): \(attempt.reason)" + (attempt.code.map { " (\($0))" } ?? ""),
                attempt.doubtful ? "this copy may have arrived" : nil,
                attempt.leftToAnother ? "left to another modem" : nil,
            ]
            fields.add("failed \(attempt.at)", words.compactMap { $0 }.joined(separator: "; "))
        }
        fields.add("error", message.error)
        fields.show()
    }
}
