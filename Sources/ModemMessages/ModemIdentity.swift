// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What a modem says of itself when it was opened.
package struct ModemIdentity: Codable, Sendable, Hashable {
    package var manufacturer: String
    package var model: String
    package var firmware: String
    package var imei: String
    package var smsc: String
    /// Whether the modem indicates new messages; otherwise it must be polled.
    package var indicates: Bool

    package init(
        manufacturer: String, model: String, firmware: String, imei: String, smsc: String, indicates: Bool
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.firmware = firmware
        self.imei = imei
        self.smsc = smsc
        self.indicates = indicates
    }
}
