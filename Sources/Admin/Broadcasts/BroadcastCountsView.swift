import Domain
import Gateway
import Store

/// How many messages of a broadcast are where.
package struct BroadcastCountsView: Codable, Sendable, Hashable {
    /// Waits to be sent.
    package var queued: Int
    package var sending: Int
    /// The network has it; no report came.
    package var sent: Int
    package var delivered: Int
    package var failed: Int
    /// Nobody can know whether the network took it.
    package var unknown: Int
    /// Taken back or too late.
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
