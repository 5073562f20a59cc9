// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A stored message exactly as the modem returns it, kept as evidence.
package struct RawMessage: Codable, Sendable, Hashable {
    /// The location for deleting it.
    package var place: StoredPlace
    /// The modem's name of the store, such as `SM`.
    package var store: String
    /// The SMSC address and the PDU (3GPP TS 27.005, 3.1) as hexadecimal digits.
    package var pdu: String

    package init(place: StoredPlace, store: String, pdu: String) {
        self.place = place
        self.store = store
        self.pdu = pdu
    }
}
