import Foundation

/// A modem with its SIM, its network and what it sent.
package struct ModemDetailView: Codable, Sendable {
    package struct ErrorView: Codable, Sendable {
        package var at: String
        package var code: Int?
        package var reason: String
        /// What staff can do about it.
        package var advice: String?
    }

    package struct HistoryView: Codable, Sendable {
        package var at: String
        package var state: String
        package var reason: String?
    }

    package var modem: StatusView.ModemView
    /// The parts handed to it today.
    package var sentToday: Int
    /// What staff can do, if the modem is not available.
    package var advice: String?
    /// The newest failed attempt to send.
    package var lastError: ErrorView?
    /// The changes of its state, newest first.
    package var history: [HistoryView]
}
