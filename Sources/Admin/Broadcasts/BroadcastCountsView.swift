import Domain

/// The messages of a broadcast, counted by state.
package struct BroadcastCountsView: Codable, Sendable, Hashable {
    /// Waiting to be sent.
    package var queued: Int
    package var sending: Int
    /// Accepted by the network; no delivery report yet.
    package var sent: Int
    package var delivered: Int
    package var failed: Int
    /// It cannot be known whether the network accepted the message.
    package var unknown: Int
    /// Cancelled or expired.
    package var notSent: Int

    init(_ counts: [OutboxState: Int]) {
        func count(_ states: OutboxState...) -> Int { states.map { counts[$0] ?? 0 }.reduce(0, +) }
        queued = count(.queued)
        sending = count(.sending)
        sent = count(.sent)
        delivered = count(.delivered)
        failed = count(.failed)
        unknown = count(.unknown)
        notSent = count(.cancelled, .expired)
    }

    package var total: Int { queued + sending + sent + delivered + failed + unknown + notSent }
    package var settled: Int { total - queued - sending }
}
