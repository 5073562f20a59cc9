/// The message locations of a SIM.
struct SIMStorage: Sendable {
    struct Message: Sendable {
        var pdu: [UInt8]
        var isRead = false
    }

    let places: Int
    private(set) var messages: [Int: Message] = [:]

    init(places: Int) { self.places = places }

    var used: Int { messages.count }
    var indices: [Int] { messages.keys.sorted() }

    /// Stores a message and returns its location; `nil` if all are used.
    mutating func store(_ pdu: [UInt8]) -> Int? {
        guard let place = (1...max(1, places)).first(where: { messages[$0] == nil }), used < places else { return nil }
        messages[place] = Message(pdu: pdu)
        return place
    }

    mutating func read(_ place: Int) -> Message? {
        guard let message = messages[place] else { return nil }
        messages[place]?.isRead = true
        return message
    }

    @discardableResult
    mutating func delete(_ place: Int) -> Bool { messages.removeValue(forKey: place) != nil }
}
