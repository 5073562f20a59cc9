// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A location at which a modem process ended while libgammu read it.
package struct AvoidedPlace: Codable, Sendable, Hashable {
    /// The location in libgammu's numbering.
    package var location: Int
    /// How many processes in succession ended there.
    package var deaths: Int

    package init(location: Int, deaths: Int) {
        self.location = location
        self.deaths = deaths
    }
}
