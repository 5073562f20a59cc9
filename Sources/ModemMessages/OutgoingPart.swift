// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// One part of an outgoing message; its text already fits its coding.
package struct OutgoingPart: Codable, Sendable, Hashable {
    package var recipient: String
    package var text: String
    /// The coding is UCS-2, otherwise the GSM 7-bit alphabet.
    package var isUCS2: Bool
    package var concatenation: PartPlace?
    package var wantsReport: Bool
    /// Relative validity period, TP-VP (3GPP TS 23.040, 9.2.3.12.1).
    package var validity: UInt8

    package init(
        recipient: String, text: String, isUCS2: Bool, concatenation: PartPlace?, wantsReport: Bool, validity: UInt8
    ) {
        self.recipient = recipient
        self.text = text
        self.isUCS2 = isUCS2
        self.concatenation = concatenation
        self.wantsReport = wantsReport
        self.validity = validity
    }
}
