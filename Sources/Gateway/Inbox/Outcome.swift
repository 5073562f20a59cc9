import Domain

/// The result of handling a message.
struct Outcome: Sendable {
    var disposition: Disposition
    var provider: String?
    var format: String?
    var note: String?

    init(_ disposition: Disposition, provider: String? = nil, format: String? = nil, note: String? = nil) {
        self.disposition = disposition
        self.provider = provider
        self.format = format
        self.note = note
    }
}
