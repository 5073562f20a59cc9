// SPDX-License-Identifier: GPL-2.0-or-later

/// The serial ports that this process may open.
///
/// The daemon names the port. A compromised daemon must not direct the process to a device other than those it was
/// started for.
struct AllowedPorts {
    /// The prefixes of permitted port names; if there are none, every port is permitted.
    var prefixes: [String] = []

    /// Permits every port.
    init() {}

    /// Parses `--allow PREFIX`, any number of times; returns `nil` for any other argument.
    init?(arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard option == "--allow", let prefix = rest.popFirst(), prefix.hasPrefix("/") else { return nil }
            prefixes.append(prefix)
        }
    }

    /// Whether a port of this name may be opened. The name must not contain `..`.
    func contains(_ device: String) -> Bool {
        prefixes.isEmpty
            || (prefixes.contains { device.hasPrefix($0) } && !device.split(separator: "/").contains(".."))
    }
}
