// SPDX-License-Identifier: GPL-2.0-or-later

/// The serial ports that this process may open.
///
/// The daemon names the port. A daemon that is itself taken over must not send the process to another device than those
/// that the process was started for.
struct AllowedPorts {
    /// What the name of a port begins with; every port is allowed when there is none.
    var prefixes: [String] = []

    /// Reads `--allow PREFIX`, any number of times; `nil` when something else is said.
    init?(arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option == "--allow", let prefix = rest.popFirst(), prefix.hasPrefix("/") else { return nil }
            prefixes.append(prefix)
        }
    }

    /// Whether a port of this name may be opened. The name must not lead back out of its folder.
    func contains(_ device: String) -> Bool {
        prefixes.isEmpty
            || (prefixes.contains { device.hasPrefix($0) } && !device.split(separator: "/").contains(".."))
    }
}
