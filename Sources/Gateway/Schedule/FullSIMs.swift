import Domain
import ModemLink
import ModemMessages
import Store

/// Staff hear once a day of a SIM that fills up: a full one takes no message.
struct FullSIMs: Sendable {
    /// Of a hundred places.
    private static let most = 70

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        for link in gateway.modems.links {
            guard let used = link.status?.storeUsed, let size = link.status?.storeSize,
                Self.isFilling(used: used, size: size)
            else { continue }
            try transaction.alerts.noteOnce(
                .review,
                [
                    "number": "-",
                    "text": "the SIM of modem \(link.name) is more than \(Self.most) % full; a full one takes no SMS",
                ], since: now.adding(.seconds(-86_400)), at: now)
        }
    }

    static func isFilling(used: Int, size: Int) -> Bool {
        let (share, isBeyond) = used.multipliedReportingOverflow(by: 100)
        return size > 0 && (isBeyond || share / size >= most)
    }
}
