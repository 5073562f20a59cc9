import Domain

/// Reads the payment notices of one provider, proves where they come from, and words the answers.
package protocol NoticeDriver: Sendable {
    var kind: NoticeDriverKind { get }
    var settings: NoticeSettings { get }

    /// Reads a request.
    /// - Throws: `CallFault` if it cannot be read or is not the provider's.
    func read(_ call: Call, at now: Timestamp) throws(CallFault) -> NoticeRequest

    /// The answer to a request that was read.
    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply

    /// The report of the decision to send after the answer; `nil` if there is none.
    func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport?

    /// Whether the provider's answer to a report, of a good status, says that it was taken.
    func isTaken(_ answer: [UInt8]) -> Bool
}

extension NoticeDriver {
    package func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport? { nil }
    package func isTaken(_ answer: [UInt8]) -> Bool { true }

    func secret(_ name: String) -> String { settings.secrets[name] ?? "" }
}
