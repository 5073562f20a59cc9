// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A delivery report of the network for a part that was sent (3GPP TS 23.040, 9.2.2.3).
package struct DeliveryReport: Codable, Sendable, Hashable {
    package var place: StoredPlace?
    package var recipient: String
    /// TP-MR, 0...255.
    package var reference: Int
    /// TP-ST (3GPP TS 23.040, 9.2.3.15): 0...31 delivered, 32...63 still trying, otherwise failed.
    package var status: Int

    package init(place: StoredPlace?, recipient: String, reference: Int, status: Int) {
        self.place = place
        self.recipient = recipient
        self.reference = reference
        self.status = status
    }
}
