// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The state of the modem and its SIM.
package struct ModemStatus: Codable, Sendable, Hashable {
    /// 0...100; `nil` if the modem does not know.
    package var signalPercent: Int?
    package var network: String?
    package var isRegistered: Bool?
    /// Used message locations, and all locations.
    package var storeUsed: Int?
    package var storeSize: Int?
    /// The fill level of SIM or phone memory, whichever is higher, 0...100.
    package var storePercent: Int?

    package init(
        signalPercent: Int?, network: String?, isRegistered: Bool?, storeUsed: Int?, storeSize: Int?,
        storePercent: Int? = nil
    ) {
        self.signalPercent = signalPercent
        self.network = network
        self.isRegistered = isRegistered
        self.storeUsed = storeUsed
        self.storeSize = storeSize
        self.storePercent = storePercent
    }
}
