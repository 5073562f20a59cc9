// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import CPace
import Glibc
import ModemMessages

/// USSD sessions.
extension GammuModem {
    /// How long the wait goes on after a line that ends a session: the network may announce the end before it sends its
    /// text, and may send a text of its own first. In milliseconds.
    private static let pauseAfterText: Int64 = 1_200
    private static let pauseAfterEmptyLine: Int64 = 4_000
    /// A line that has begun and does not go on for so long has ended.
    private static let pauseInLine: Int64 = 1_500
    private static let longestInput = 182

    /// Sends a service code, or an answer to the menu, and waits until the network has said something that ends the wait,
    /// for at most `seconds`. `mayWait` tells whether there is no other command yet.
    func dial(_ code: String, isFirst: Bool, seconds: Int, mayWait: () -> Bool) throws(ModemFailure) -> DialOutcome {
        let machine = try opened()
        guard (1...Self.longestInput).contains(code.utf8.count),
            code.utf8.allSatisfy({ (0x20...0x7e).contains($0) && $0 != 0x22 })
        else { return .refused(reason: "the code must have 1 to \(Self.longestInput) plain characters without quotes") }
        var lines: [USSDLine] = []
        if isFirst {
            try endUSSD()
            try beginUSSD(machine)
        } else {
            guard isInUSSD else { return .refused(reason: "the session is over") }
            lines = takeLines(evenIncomplete: false)
        }
        if let reason = try say(code, machine) { return .refused(reason: reason) }
        return waitForNetwork(&lines, until: Monotonic.milliseconds + Int64(seconds) * 1_000, mayWait, machine)
    }

    /// Ends the session: otherwise the network refuses the next one.
    func endUSSD() throws(ModemFailure) {
        guard isInUSSD, let machine else { return }
        isInUSSD = false
        let error = GSM_SetIncomingUSSD(machine, 0)
        gridpost_forget_ussd()
        if GammuVerdict.endsConnection(error) { throw GammuVerdict.failure(error, "the modem does not end a session") }
    }

    private func beginUSSD(_ machine: OpaquePointer) throws(ModemFailure) {
        // An earlier process may have left a session open. libgammu ends one only if it has switched USSD on itself.
        for mode: gboolean in endedUSSDOnce ? [1] : [1, 0, 1] {
            let error = GSM_SetIncomingUSSD(machine, mode)
            if GammuVerdict.endsConnection(error) { throw GammuVerdict.failure(error, "the modem does not do USSD") }
        }
        endedUSSDOnce = true
        isInUSSD = true
        gridpost_forget_ussd()
    }

    /// Returns the reason if the modem did not accept the code.
    private func say(_ code: String, _ machine: OpaquePointer) throws(ModemFailure) -> String? {
        var error = dialService(code, machine)
        // Some modems want the code packed, and refuse text.
        if error != ERR_NONE, !GammuVerdict.endsConnection(error), !packsUSSD, packUSSD(machine) {
            error = dialService(code, machine)
            if error != ERR_NONE { unpackUSSD(machine) }
        }
        guard error != ERR_NONE else { return nil }
        let failure = GammuVerdict.failure(error, "the modem did not accept the code")
        if GammuVerdict.endsConnection(error) { throw failure }
        return failure.reason
    }

    private func dialService(_ code: String, _ machine: OpaquePointer) -> GSM_Error {
        var bytes = code.utf8.map { CChar(bitPattern: $0) } + [0]
        return GSM_DialService(machine, &bytes)
    }

    private func waitForNetwork(
        _ lines: inout [USSDLine], until end: Int64, _ mayWait: () -> Bool, _ machine: OpaquePointer
    ) -> DialOutcome {
        var end = end
        var isOver = false
        var lastByte = Monotonic.milliseconds
        while true {
            let isStuck = gridpost_has_begun_ussd() != 0 && Monotonic.milliseconds - lastByte >= Self.pauseInLine
            for line in takeLines(evenIncomplete: isStuck) {
                lines.append(line)
                switch line.state {
                case 1: return .said(lines)
                case 0, 2:
                    isOver = true
                    let pause = line.text.isEmpty ? Self.pauseAfterEmptyLine : Self.pauseAfterText
                    end = min(end, Monotonic.milliseconds + pause)
                default: return .said(lines)
                }
            }
            guard mayWait() else { return .interrupted(lines) }
            let left = end - Monotonic.milliseconds
            guard left > 0 else { return isOver ? .said(lines) : .silent(lines) }
            var waits = [pollfd(fd: Channel.descriptor, events: Int16(POLLIN), revents: 0)]
            if let descriptor { waits.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
            _ = Glibc.poll(&waits, nfds_t(waits.count), Int32(clamping: min(left, Self.pauseInLine / 3)))
            guard waits[0].revents == 0 else { return .interrupted(lines) }
            if waits.count > 1, waits[1].revents != 0 {
                guard waits[1].revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0 else { return .silent(lines) }
                GSM_ReadDevice(machine, 0)
                lastByte = Monotonic.milliseconds
            }
        }
    }

    private func takeLines(evenIncomplete: Bool) -> [USSDLine] {
        var lines: [USSDLine] = []
        var buffer = [CChar](repeating: 0, count: USSDLine.longestText)
        while true {
            let count = gridpost_take_ussd(&buffer, buffer.count, evenIncomplete ? 1 : 0)
            guard count > 0 else { return lines }
            if let line = USSDLine(buffer.prefix(count).map { UInt8(bitPattern: $0) }) { lines.append(line) }
        }
    }

    /// Makes libgammu pack service codes. Returns `false` if it cannot.
    func packUSSD(_ machine: OpaquePointer) -> Bool {
        guard let model = GSM_GetModelInfo(machine), GSM_AddPhoneFeature(model, F_ENCODED_USSD) != 0 else {
            return false
        }
        packsUSSD = true
        return true
    }

    private func unpackUSSD(_ machine: OpaquePointer) {
        guard let model = GSM_GetModelInfo(machine) else { return }
        packsUSSD = false
        // libgammu adds a feature behind the last one, and ends the list with 0.
        withUnsafeMutableBytes(of: &model.pointee.features) { bytes in
            let features = bytes.bindMemory(to: GSM_Feature.self)
            guard let index = features.firstIndex(where: { $0.rawValue == F_ENCODED_USSD.rawValue }) else { return }
            features[index] = GSM_Feature(0)
        }
    }
}
