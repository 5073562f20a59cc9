// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// Something that the modem received or reported by itself.
package enum ModemEvent: Codable, Sendable {
    case part(ReceivedPart)
    case deliveryReport(DeliveryReport)
    /// A message that libgammu cannot read, as octets.
    case raw(RawMessage)
    /// A stored message that cannot be read even as octets. It is not deleted.
    case unreadable(location: Int)
}
