import Store
import Domain

/// Detects phone numbers with automatic replies, by repeated texts. Our answers would be answered again without end.
struct AnsweringMachines: Sendable {
    /// Number of equal texts within an hour that marks a machine.
    private static let repetitions = 5
    private static let hour = Duration.seconds(3_600)
    /// After this long without a text, the number is no longer treated as a machine.
    private static let silence = Duration.seconds(86_400)

    /// Checks a received text before it is answered. Staff are alerted once for each machine.
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
                    "\(text.phone.e164) repeats the same text; it gets no answers until it has been silent for a day",
            ])
    }

    func isMachine(_ phone: PhoneNumber, _ step: Step) throws -> Bool {
        try step.answeringMachines.lastSeen(phone) != nil
    }
}
