// SPDX-License-Identifier: GPL-2.0-or-later

import FoundationEssentials
import Glibc
import ModemMessages

/// The socket to the daemon: JSON lines of bounded length.
struct Channel {
    static let descriptor = ModemProtocol.descriptor
    private var unread: [UInt8] = []

    /// The daemon said something that is no command: there is nobody to talk to any more.
    struct Broken: Error {}

    /// Waits for the daemon's bytes and takes them.
    mutating func fill() throws {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(Self.descriptor, &buffer, buffer.count)
        if count > 0 {
            unread += buffer.prefix(count)
        } else if count == 0 || errno != EINTR {
            throw Broken()
        }
    }

    /// The next whole command.
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
