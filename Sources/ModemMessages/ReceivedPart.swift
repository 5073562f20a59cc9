// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A received message or concatenated message part.
package struct ReceivedPart: Codable, Sendable, Hashable {
    package enum Coding: String, Codable, Sendable {
        case gsm7, ucs2, binary
    }

    /// The location for deleting it; `nil` if the modem did not store it.
    package var place: StoredPlace?
    package var originator: String
    package var smsc: String
    /// The SMSC's time stamp in seconds since 1970; `nil` if it is not a valid time.
    package var sentAt: Int64?
    package var text: String
    package var coding: Coding
    package var concatenation: PartPlace?

    package init(
        place: StoredPlace?, originator: String, smsc: String, sentAt: Int64?, text: String, coding: Coding,
        concatenation: PartPlace?
    ) {
        self.place = place
        self.originator = originator
        self.smsc = smsc
        self.sentAt = sentAt
        self.text = text
        self.coding = coding
        self.concatenation = concatenation
    }
}
