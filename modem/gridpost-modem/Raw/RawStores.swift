// SPDX-License-Identifier: GPL-2.0-or-later

import ModemMessages

/// Access to the modem's stores without libgammu, in PDU mode.
struct RawStores {
    /// The content of a location.
    enum Content {
        case octets([UInt8], store: String)
        case nothing
        /// The modem refuses to read it, or its answer is not a PDU.
        case refused
    }

    private let port: RawPort
    private var selected: String?
    private var hasSIM: Bool?

    /// - Throws: `ModemFailure` with verdict `modemTrouble` if the modem does not answer.
    init(_ port: RawPort) throws(ModemFailure) {
        self.port = port
        _ = try port.ask("AT")
        _ = try port.ask("AT+CMGF=0")
    }

    /// Reads a location, in libgammu's numbering.
    mutating func read(_ location: Int) throws(ModemFailure) -> Content {
        guard let (store, index) = try select(location) else { return .refused }
        let reply = try port.ask("AT+CMGR=\(index)")
        guard reply.isOK else { return Self.meansNothing(reply.final) ? .nothing : .refused }
        guard let head = reply.lines.firstIndex(where: { $0.hasPrefix("+CMGR:") }) else { return .nothing }
        guard head + 1 < reply.lines.count, let octets = RawDeliver.octets(reply.lines[head + 1]) else {
            return .refused
        }
        return .octets(octets, store: store)
    }

    /// Deletes the message with this mark, and no other that has taken its location. Returns `false` if it is still
    /// there.
    mutating func delete(_ place: StoredPlace) throws(ModemFailure) -> Bool {
        guard try holds(place), let (_, index) = try select(place.location) else { return true }
        // Some modems answer OK and delete nothing.
        _ = try port.ask("AT+CMGD=\(index)")
        return try !holds(place)
    }

    private mutating func holds(_ place: StoredPlace) throws(ModemFailure) -> Bool {
        guard case .octets(let octets, _) = try read(place.location) else { return false }
        return RawDeliver.mark(octets) == place.mark
    }

    /// The store and the modem's own index of a location.
    private mutating func select(_ location: Int) throws(ModemFailure) -> (store: String, index: Int)? {
        if StoredReports.contains(location) {
            return try choose("SR") ? ("SR", location - StoredReports.begin) : nil
        }
        let isPhone = location > Self.phoneBegins
        let index = isPhone ? location - Self.phoneBegins : location
        // If the modem gives no access to the SIM, libgammu numbers the phone's memory from 1.
        if !isPhone, hasSIM == nil { hasSIM = try choose("SM") }
        let store = isPhone || hasSIM == false ? "ME" : "SM"
        guard try choose(store) else { return nil }
        return (store, index)
    }

    private mutating func choose(_ store: String) throws(ModemFailure) -> Bool {
        if selected == store { return true }
        guard try port.ask("AT+CPMS=\"\(store)\"").isOK else { return false }
        selected = store
        return true
    }

    /// Phone memory starts at 100001 in libgammu's flat locations.
    private static let phoneBegins = 100_000

    /// Whether an error means an invalid index: the location does not exist or is empty.
    private static func meansNothing(_ final: String) -> Bool { final.hasSuffix(" 321") }
}
