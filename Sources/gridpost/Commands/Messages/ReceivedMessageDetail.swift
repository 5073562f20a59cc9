import Admin

/// Prints one received message and how it is read.
enum ReceivedMessageDetail {
    static func show(_ detail: InMessageDetailView) {
        let message = detail.message
        var fields = FieldList()
        fields.add("message", "\(message.id), \(message.state)")
        fields.add("from", "\(message.from) by \(message.modem), SMSC \(message.smsc)")
        fields.add("sent", message.sentAt)
        fields.add("received", message.receivedAt)
        fields.add("text", message.text)
        fields.add("read as", message.disposition)
        fields.add("format", message.format)
        fields.add("note", message.note)
        if detail.readsAs != message.disposition { fields.add("now read as", detail.readsAs) }
        if detail.reason != message.note { fields.add("reason", detail.reason) }
        for (name, value) in detail.fields.sorted(by: { $0.key < $1.key }) { fields.add(name, value) }
        fields.show()
    }
}
