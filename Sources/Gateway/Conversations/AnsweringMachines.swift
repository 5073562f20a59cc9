import Domain
import Messages
import Store

/// Numbers at whose other end a machine answers, told by its repetition: what it gets from us it would answer again.
struct AnsweringMachines: Sendable {
    /// The same text so often within an hour comes from a machine.
    private static let repetitions = 5
    private static let hour = Duration.seconds(3_600)
    /// After so long a silence it is a person's number again.
    private static let silence = Duration.seconds(86_400)

    init(_ gateway: Gateway) {

    }

    /// Looks at a text that came in, before it is answered. Staff hear of each machine once.
    func see(_ text: PersonText, _ step: Step) throws {
        let machines = step.answeringMachines
        if let lastSeen = try machines.lastSeen(text.phone) {
            if step.now.since(lastSeen) < Self.silence { return try machines.see(text.phone, at: step.now) }
            try machines.forget(text.phone)
        }
        let same = try step.inbox.count(
            of: text.message.body, from: text.message.originator, since: step.ago(Self.hour))
        guard same >= Self.repetitions else { return }
        try machines.see(text.phone, at: step.now)
        try step.alert(
            .review,
            [
                "number": "\(text.message.id)",
                "text":
                    "\(text.phone.e164) sends the same text again and again; it gets no answers until it was silent for a day",
            ])
    }

    func isMachine(_ phone: PhoneNumber, _ step: Step) throws -> Bool {
        try step.answeringMachines.lastSeen(phone) != nil
    }
}
