// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc
import ModemMessages

/// The serial port behind a device's name.
enum PortCheck {
    /// Says what is wrong with a device before libgammu says less. Returns its path without links.
    static func look(at device: String, _ allowed: AllowedPorts) throws(ModemFailure) -> String {
        guard allowed.contains(device) else {
            throw ModemFailure(
                verdict: .modemTrouble,
                reason: "\(device) is none of the ports that the modem process was started for (its --allow)",
                needsOperator: true)
        }
        var status = stat()
        guard stat(device, &status) == 0 else {
            throw ModemFailure(verdict: .modemTrouble, reason: "\(device) is not there")
        }
        let path = realpath(device, nil).map { path in
            defer { free(path) }
            return String(cString: path)
        }
        guard status.st_mode & S_IFMT == S_IFCHR, let path, path.hasPrefix("/dev/") else {
            throw ModemFailure(verdict: .modemTrouble, reason: "\(device) is not a serial port", needsOperator: true)
        }
        guard access(device, R_OK | W_OK) == 0 else {
            throw ModemFailure(
                verdict: .modemTrouble,
                reason: "\(device) may not be read and written by this user; add it to the group of the port",
                needsOperator: true)
        }
        return path
    }

    /// libgammu hides its descriptor; it is the open file whose device is the modem's.
    static func descriptor(of device: String) -> Int32? {
        var wanted = stat()
        guard stat(device, &wanted) == 0 else { return nil }
        for descriptor in Int32(4)..<256 {
            var status = stat()
            if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFCHR, status.st_rdev == wanted.st_rdev {
                return descriptor
            }
        }
        return nil
    }
}
