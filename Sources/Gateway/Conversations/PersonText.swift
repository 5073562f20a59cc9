import Domain
import Messages

/// A person's message, read as a customer's, a contractor's and a staff member's.
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

    /// Whether the message has at most two words.
    var isShort: Bool { message.body.split { !$0.isLetter && !$0.isNumber }.count <= 2 }
}
