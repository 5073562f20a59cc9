// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc
import ModemMessages

/// Checks and finds the serial port of a device name.
enum PortCheck {
    /// Checks a device and reports problems in more detail than libgammu does. Returns its path without links.
    static func look(at device: String, _ allowed: AllowedPorts) throws(ModemFailure) -> String {
        guard allowed.contains(device) else {
            throw ModemFailure(
                verdict: .modemTrouble,
                reason: "\(device) is not one of the ports that --allow permits to the modem process",
                needsOperator: true)
        }
        var status = stat()
        guard stat(device, &status) == 0 else {
            throw ModemFailure(verdict: .modemTrouble, reason: "\(device) does not exist", kind: .noPort)
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
                reason: "\(device) is not readable and writable for this user; add the user to the group of the port",
                needsOperator: true)
        }
        return path
    }

    /// The descriptor of the port. libgammu does not expose it, so it is found by its device number.
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
