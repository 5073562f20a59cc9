import Domain

/// Answers the calls to one address of the listener.
protocol CallService: Sendable {
    var rule: CallerRule { get }

    /// - Throws: `CallFault` if the call does not count.
    func answer(_ call: Call, at now: Timestamp) async throws(CallFault) -> Reply
}
