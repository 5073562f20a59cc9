import Domain
import Messages
import Store

/// A person's text, read as each of those who may have written it.
struct PersonText: Sendable {
    let message: InboxMessage
    let phone: PhoneNumber
    let reading: PersonReading
    let job: JobReading
    let order: StaffOrder?
    let saysYes: Bool

    init(_ message: InboxMessage, from phone: PhoneNumber, by reader: TextReader) {
        self.message = message
        self.phone = phone
        reading = reader.read(message.body)
        job = reader.readJob(message.body)
        order = reader.readOrder(message.body)
        saysYes = reader.saysYes(message.body)
    }

    /// Hardly more than a keyword.
    var isShort: Bool { message.body.split { !$0.isLetter && !$0.isNumber }.count <= 2 }
}
