// SPDX-License-Identifier: GPL-2.0-or-later

import CPace
import Glibc
import ModemMessages

/// Executes the daemon's commands one after the other, and sends the modem's events in between.
///
/// After modem trouble or an unanswered send, the process reports it and ends: libgammu's parser may take the next
/// answer for the previous one, and a new process is cheaper than any repair.
struct Session {
    private var channel: Channel
    private let modem: GammuModem

    init(channel: Channel, ports: AllowedPorts) {
        self.channel = channel
        modem = GammuModem(ports: ports, say: channel.say)
    }

    mutating func run() -> Never {
        channel.say(.hello(version: ModemProtocol.version))
        do {
            while true {
                while let command = try channel.next() {
                    obey(command)
                    passOnEvents()
                }
                try wait()
                passOnEvents()
            }
        } catch {
            leave(0)
        }
    }

    private func obey(_ command: ModemCommand) {
        gridpost_set_in_call(1)
        defer { gridpost_set_in_call(0) }
        do {
            channel.say(.answer(id: command.id, try answer(to: command.body)))
        } catch {
            passOnEvents()
            channel.say(.answer(id: command.id, .failed(error)))
            // A locked SIM is not a problem: its PIN comes with the next command.
            if error.verdict == .modemTrouble, error.kind != .pinNeeded { leave(75) }
        }
    }

    private func answer(to body: ModemCommand.Body) throws(ModemFailure) -> ModemAnswer {
        try modem.reopenAfterRestart()
        switch body {
        case .open(let settings, let avoiding): return .opened(try modem.open(settings, avoiding: avoiding))
        case .poll(let fromStart): return .polled(try modem.poll(fromStart: fromStart))
        case .delete(let places):
            try modem.delete(places)
            return .deleted
        case .send(let part):
            let outcome = modem.send(part)
            if case .failed(let failure) = outcome, failure.verdict == .unknown || failure.verdict == .modemTrouble {
                return endAfter(outcome)
            }
            return .sent(outcome)
        case .status: return .status(try modem.status())
        case .ping:
            try modem.ping()
            return .alive
        case .dial(let code, let isFirst, let seconds):
            return .dialled(
                try modem.dial(code, isFirst: isFirst, seconds: seconds, mayWait: { !channel.hasMore }))
        case .endUSSD:
            try modem.endUSSD()
            return .ussdEnded
        }
    }

    /// Marks the parser as unusable: `obey` reports the outcome, and then the process ends.
    private func endAfter(_ outcome: SendOutcome) -> ModemAnswer {
        modem.isExhausted = true
        return .sent(outcome)
    }

    private func passOnEvents() {
        for event in modem.takeEvents() { channel.say(.event(event)) }
        if modem.isExhausted { leave(75) }
    }

    /// Waits until the daemon or the modem sends something.
    private mutating func wait() throws {
        var waits = [pollfd(fd: Channel.descriptor, events: Int16(POLLIN), revents: 0)]
        if let descriptor = modem.descriptor {
            waits.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        guard poll(&waits, nfds_t(waits.count), -1) >= 0 || errno == EINTR else { throw Channel.Broken() }
        if waits.count > 1, waits[1].revents != 0 {
            guard waits[1].revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0 else { leave(76) }
            modem.pump()
            modem.lookForRestart()
        }
        if waits[0].revents != 0 { try channel.fill() }
    }

    private func leave(_ code: Int32) -> Never {
        modem.close()
        exit(code)
    }
}
