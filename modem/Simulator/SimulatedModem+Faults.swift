import NIOConcurrencyHelpers
import CLinux
import Foundation
import Glibc

/// Faults that the tests inject.
extension SimulatedModem {
    package func inject(_ fault: Fault) {
        state.withLockedValue { state in
            if case .pinLocked = fault { state.dialogue.pin = options.pin ?? "1234" }
            state.dialogue.faults.insert(fault)
        }
    }

    /// The faults that are still to come, or that last.
    package var faults: Set<Fault> { state.withLockedValue { $0.dialogue.faults } }

    package func heal() {
        state.withLockedValue { $0.dialogue.faults = [] }
    }

    /// Runs an action at the moment when the network has accepted this many parts, however busy the machine is.
    package func whenTransmitted(_ count: Int, _ action: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.appointment = (count, action) }
    }

    package func setLatency(_ latency: Duration) {
        state.withLockedValue { $0.latency = latency }
    }

    /// Restarts the modem's program while the port stays: it forgets what the host has set up, and says `chatter`.
    package func reboot(saying chatter: String) {
        state.withLockedValue { state in
            state.dialogue.hostLeft()
            if !chatter.isEmpty { state.terminal?.write(Array("\r\n\(chatter)\r\n".utf8)) }
        }
    }

    /// Removes the port, as if the modem was unplugged.
    package func unplug() {
        state.withLockedValue { state in
            if let link = options.link { unlink(link) }
            state.terminal?.hangUp()
            state.terminal = nil
            state.dialogue.hostLeft()
        }
        poke()
    }

    /// Creates the port again, under another name behind the same link.
    ///
    /// - Throws: `PseudoTerminal.Failure` if the port or the link cannot be created.
    package func plugIn() throws {
        let terminal = try PseudoTerminal()
        if let link = options.link {
            unlink(link)
            guard symlink(terminal.path, link) == 0 else {
                throw PseudoTerminal.Failure(description: "\(link) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        state.withLockedValue { $0.terminal = terminal }
        poke()
    }

    package func stop() {
        unplug()
        state.withLockedValue { $0.stopped = true }
        poke()
    }
}
