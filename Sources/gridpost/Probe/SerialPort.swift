import Foundation

/// A serial port as the kernel describes it.
struct SerialPort: Sendable {
    /// The device without links, such as `/dev/ttyUSB2`.
    let path: String
    /// The USB id, such as `2c7c:0125`, and the number of the interface; `nil` for a port that is not of USB.
    let usb: String?
    let interface: String?
    /// The USB device that the port is of; several ports are of one modem.
    let device: String?
    /// A name that stays when ports are renumbered; the path if there is none.
    let stableName: String

    init(_ name: String) {
        let path = URL(fileURLWithPath: name).resolvingSymlinksInPath().path
        self.path = path
        let tty = (path as NSString).lastPathComponent
        // The interface's folder has the number, the one above it the ids.
        var folder = URL(fileURLWithPath: "/sys/class/tty/\(tty)/device").resolvingSymlinksInPath()
        var (usb, interface, device): (String?, String?, String?)
        for _ in 0..<6 where usb == nil && folder.path != "/" {
            interface = interface ?? Self.text(folder, "bInterfaceNumber")
            if let vendor = Self.text(folder, "idVendor"), let product = Self.text(folder, "idProduct") {
                usb = "\(vendor):\(product)"
                device = folder.path
            }
            folder.deleteLastPathComponent()
        }
        (self.usb, self.interface, self.device) = (usb, interface, device)
        let links = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/serial/by-id")) ?? []
        stableName =
            links.sorted().map { "/dev/serial/by-id/\($0)" }.first {
                URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == path
            } ?? path
    }

    /// The ports that may have a modem.
    static var all: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
        return names.filter { $0.hasPrefix("ttyUSB") || $0.hasPrefix("ttyACM") }
            .sorted { $0.localizedStandardCompare($1) == .orderedAscending }.map { "/dev/\($0)" }
    }

    /// The USB ids of everything that is plugged in.
    static var usbIDs: [String] {
        let root = URL(fileURLWithPath: "/sys/bus/usb/devices")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().compactMap { name in
            let folder = root.appendingPathComponent(name)
            guard let vendor = text(folder, "idVendor"), let product = text(folder, "idProduct") else { return nil }
            return "\(vendor):\(product)"
        }
    }

    /// Who has the port open, or says so with a lock file; `nil` if nobody is known to. The files of other users'
    /// programs can be seen by root only; there the port itself tells.
    var holder: String? {
        let name = (path as NSString).lastPathComponent
        for folder in ["/run/lock", "/var/lock"] where FileManager.default.fileExists(atPath: "\(folder)/LCK..\(name)")
        {
            let text = try? String(contentsOfFile: "\(folder)/LCK..\(name)", encoding: .utf8)
            let pid = text.flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            // A lock whose program is gone holds nothing.
            if pid.map({ kill($0, 0) == 0 || errno == EPERM }) ?? true { return "the lock file \(folder)/LCK..\(name)" }
        }
        guard path.hasPrefix("/dev/tty") || path.hasPrefix("/dev/pts/") else { return nil }
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes where process.allSatisfy(\.isNumber) {
            let files = Self.openFiles(of: process)
            // The program at the other end of a pseudo terminal is the modem's side.
            guard files.contains(path), !files.contains(where: { $0.hasSuffix("/ptmx") }) else { continue }
            let command = (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) ?? ""
            return "\(command.trimmingCharacters(in: .whitespacesAndNewlines)) (process \(process))"
        }
        return nil
    }

    private static func openFiles(of process: String) -> Set<String> {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") })
    }

    private static func text(_ folder: URL, _ name: String) -> String? {
        (try? String(contentsOfFile: folder.appendingPathComponent(name).path, encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
