// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The settings for connecting to one modem.
package struct ModemSettings: Codable, Sendable, Hashable {
    package var device: String
    /// A libgammu connection, such as `at115200`.
    package var connection: String
    /// The maximum of libgammu's own pauses in microseconds; 0 does not limit them.
    package var pace: UInt32
    package var pin: String?
    /// The timeout of the network for one part, in seconds.
    package var sendTimeout: Int
    /// The modem wants service codes as packed septets in hexadecimal, as some of Huawei do. It is also tried if the modem
    /// refuses a code as text.
    package var packsUSSD = false
    /// What to do before the modem is opened; `nil` for nothing.
    package var restart: ModemRestart?

    package init(device: String, connection: String, pace: UInt32, pin: String?, sendTimeout: Int) {
        self.device = device
        self.connection = connection
        self.pace = pace
        self.pin = pin
        self.sendTimeout = sendTimeout
    }
}
