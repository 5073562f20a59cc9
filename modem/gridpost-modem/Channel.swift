// SPDX-License-Identifier: GPL-2.0-or-later

import FoundationEssentials
import Glibc
import ModemMessages

/// The socket to the daemon: JSON lines of limited length.
struct Channel {
    static let descriptor = ModemProtocol.descriptor
    private var unread: [UInt8] = []

    /// The daemon closed the channel or sent an invalid command.
    struct Broken: Error {}

    /// Whether a command, or the beginning of one, was read.
    var hasMore: Bool { !unread.isEmpty }

    /// Waits for bytes from the daemon and reads them.
    mutating func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(Self.descriptor, &buffer, buffer.count)
        if count > 0 {
            unread += buffer.prefix(count)
        } else if count == 0 || errno != EINTR {
            throw Broken()
        }
    }

    /// The next complete command; `nil` if there is none yet.
    mutating func next() throws -> ModemCommand? {
        guard let end = unread.firstIndex(of: 0x0a) else {
            guard unread.count < ModemProtocol.longestLine else { throw Broken() }
            return nil
        }
        let line = FoundationEssentials.Data(unread[..<end])
        unread.removeSubrange(...end)
        guard let command = try? JSONDecoder().decode(ModemCommand.self, from: line) else { throw Broken() }
        return command
    }

    /// Sends a report. Ends the process if the channel is broken.
    func say(_ report: ModemReport) {
        guard var line = try? JSONEncoder().encode(report) else { return }
        line.append(0x0a)
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(Self.descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                _exit(1)
            }
        }
    }
}
