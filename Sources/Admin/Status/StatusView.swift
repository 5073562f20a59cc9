import Foundation

package struct StatusView: Codable, Sendable {
    package struct ModemView: Codable, Sendable {
        package var name: String
        package var state: String
        package var reason: String?
        package var model: String?
        package var smsc: String?
        package var signalPercent: Int?
        package var network: String?
        /// Whether the SIM is registered with a network; absent if the modem does not say.
        package var registered: Bool?
        package var storeUsed: Int?
        package var storeSize: Int?
        package var restarts: Int
    }

    package var company: String
    package var version: String
    package var time: String
    /// What is wrong with the machine's clock; absent if it is plausible.
    package var clock: String?
    package var startedAt: String
    package var customers: Int
    package var devices: Int
    package var payments: [String: Int]
    package var inbox: [String: Int]
    package var outbox: [String: Int]
    package var openTickets: Int
    package var modems: [ModemView]
    /// Wallets whose texts are read as payments.
    package var walletsInUse: [String]
    /// Problems that staff should look at, as sentences.
    package var concerns: [String]
}
