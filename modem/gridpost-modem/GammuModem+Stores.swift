// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import ModemMessages

/// Reads and deletes the messages stored by the modem.
extension GammuModem {
    /// The maximum duration of one scan call in milliseconds, with and without libgammu: a send waits no longer than
    /// both.
    private static let longestLook: Int64 = 1_500
    private static let longestRawLook: Int64 = 2_500
    /// The maximum number of messages read in one call.
    private static let mostMessages = 100

    /// Scans the stores. Locations that were set aside are read first, without libgammu.
    func poll(fromStart: Bool) throws(ModemFailure) -> Polled {
        let beginsAnew = fromStart || walk == nil
        if beginsAnew {
            askForIndications()
            scanReports()
            try readSetAside()
            var memory = GSM_SMSMemoryStatus()
            try check(
                GSM_GetSMSStatus(try opened(), &memory), "the modem does not report how many messages it stores")
            walk = StoreWalk(memory)
        }
        let before = setAside.all
        let end = Monotonic.milliseconds + Self.longestLook
        var found = 0
        var isComplete = false
        while found < Self.mostMessages, Monotonic.milliseconds < end {
            guard let place = walk?.next() else {
                isComplete = true
                break
            }
            found += try look(at: place) ? 1 : 0
        }
        if isComplete {
            if walk?.isShort == true, setAside.all.isEmpty { found += try readList() }
            walk = nil
        }
        if setAside.all != before {
            // Closing libgammu's session twice would delay sends twice.
            if beginsAnew, !before.isEmpty { say(.wantsPoll) } else { try readSetAside() }
        }
        return Polled(found: found, isComplete: isComplete, avoided: setAside.all)
    }

    /// Reads a message that the modem indicated.
    func readStored(_ location: Int) {
        if StoredReports.contains(location) {
            readReport(location)
            return
        }
        // A location that was set aside is read without libgammu.
        guard machine != nil, !setAside.contains(location) else { return say(.wantsPoll) }
        switch read(location) {
        case ERR_NONE: take(location)
        case let error:
            // The message is not at the indicated location, or cannot be read.
            if error != ERR_EMPTY, error != ERR_INVALIDLOCATION, !GammuVerdict.endsConnection(error) {
                setAside.failed(location)
            }
            say(.wantsPoll)
        }
    }

    /// Deletes reported messages, but not other messages that have taken their locations since.
    func delete(_ places: [StoredPlace]) throws(ModemFailure) {
        let raw = places.filter(\.isRaw)
        for place in places where !place.isRaw && StoredReports.contains(place.location) { try deleteReport(place) }
        for place in places
        where !place.isRaw && !StoredReports.contains(place.location) && !setAside.contains(place.location) {
            try delete(place)
        }
        guard !raw.isEmpty else { return }
        let end = Monotonic.milliseconds + Self.longestRawLook
        var freed = false
        try withoutLibgammu { (stores) throws(ModemFailure) in
            // Remaining messages are reported again by the next scan.
            for place in raw where Monotonic.milliseconds < end {
                say(.reading(location: place.location))
                defer { say(.reading(location: nil)) }
                do {
                    if try stores.delete(place) {
                        setAside.isFine(place.location)
                        freed = true
                    } else {
                        setAside.isHopeless(place.location)
                    }
                } catch {
                    // The next answer may belong to this command.
                    return setAside.isHopeless(place.location)
                }
            }
        }
        // Messages that took the freed locations meanwhile were not indicated.
        if freed { say(.wantsPoll) }
    }

    /// Reads a location. Returns whether there was a message.
    private func look(at place: Int) throws(ModemFailure) -> Bool {
        if setAside.contains(place) {
            walk?.found()
            return false
        }
        switch read(place) {
        case ERR_NONE: take(place)
        case ERR_EMPTY, ERR_INVALIDLOCATION: return false
        case let error where GammuVerdict.endsConnection(error):
            throw GammuVerdict.failure(error, "the modem's messages cannot be read")
        default:
            // One undecodable message must not hide the ones after it.
            setAside.failed(place)
        }
        walk?.found()
        return true
    }

    /// Reads the messages that libgammu must not or cannot read. A message is reported at each scan until it is
    /// deleted.
    private func readSetAside() throws(ModemFailure) {
        let places = setAside.waiting
        guard !places.isEmpty else { return }
        let end = Monotonic.milliseconds + Self.longestRawLook
        try withoutLibgammu { (stores) throws(ModemFailure) in
            for place in places where Monotonic.milliseconds < end {
                say(.reading(location: place))
                defer { say(.reading(location: nil)) }
                let content: RawStores.Content
                do {
                    content = try stores.read(place)
                } catch {
                    // The next answer may belong to this command. The other locations are read in the next scan.
                    setAside.isHopeless(place)
                    return say(.event(.unreadable(location: place)))
                }
                switch content {
                case .nothing: setAside.isFine(place)
                case .refused:
                    setAside.isHopeless(place)
                    say(.event(.unreadable(location: place)))
                case .octets(let octets, let store):
                    if setAside.mayTryAgain(place, octets) { continue }
                    let stored = StoredPlace(location: place, mark: RawDeliver.mark(octets), isRaw: true)
                    say(.event(.raw(RawMessage(place: stored, store: store, pdu: RawDeliver.digits(octets)))))
                }
            }
        }
    }

    /// Reads with libgammu's own list, which includes locations outside the usual range.
    private func readList() throws(ModemFailure) -> Int {
        let machine = try opened()
        var count = 0
        var start: gboolean = 1
        // The buffer contains the position of the last call: it must not be cleared in between.
        clearBuffer()
        while count < Self.mostMessages {
            let error = GSM_GetNextSMS(machine, buffer, start)
            start = 0
            guard error == ERR_NONE else {
                if GammuVerdict.endsConnection(error) {
                    throw GammuVerdict.failure(error, "the modem's messages cannot be read")
                }
                break
            }
            count += tellReceived()
        }
        return count
    }

    private func delete(_ place: StoredPlace) throws(ModemFailure) {
        let machine = try opened()
        let message = GammuMessages.first(buffer)
        guard read(place.location) == ERR_NONE else { return }
        let mark = IncomingMessage.mark(message)
        guard mark == place.mark else {
            // Another message took the location, or libgammu returns a different message each time.
            if read(place.location) == ERR_NONE, IncomingMessage.mark(message) != mark {
                setAside.failed(place.location)
                say(.wantsPoll)
            }
            return
        }
        message.pointee.Location = Int32(clamping: place.location)
        message.pointee.Folder = 0
        // GSM_DeleteSMS reads the message once more.
        say(.reading(location: place.location))
        let error = GSM_DeleteSMS(machine, message)
        say(.reading(location: nil))
        guard error != ERR_NONE, error != ERR_EMPTY, error != ERR_INVALIDLOCATION else { return }
        throw GammuVerdict.failure(error, "a message cannot be deleted")
    }

    /// Reads one location with libgammu, and reports this first, because the message may crash the process.
    private func read(_ location: Int) -> GSM_Error {
        guard let machine else { return ERR_NOTCONNECTED }
        clearBuffer()
        let message = GammuMessages.first(buffer)
        message.pointee.Location = Int32(clamping: location)
        message.pointee.Folder = 0
        say(.reading(location: location))
        defer { say(.reading(location: nil)) }
        return GSM_GetSMS(machine, buffer)
    }

    /// Reports the message that libgammu read at a location, unless its content is invalid.
    private func take(_ location: Int) {
        guard received().allSatisfy(IncomingMessage.isSound) else {
            setAside.failed(location)
            return say(.wantsPoll)
        }
        setAside.isFine(location)
        tellReceived()
    }

    /// Reports the messages in the buffer. Returns how many they were.
    @discardableResult
    private func tellReceived() -> Int {
        let messages = received()
        for event in messages.compactMap({ IncomingMessage.event($0, stored: true) }) { say(.event(event)) }
        return messages.count
    }
}
