import Foundation
import Tokens

/// Reads the PIN of a modem's SIM from a file that only the service's user may read.
enum PINFile {
    static func read(_ file: SecretFile, of owner: String) throws -> String {
        try file.check()
        guard let text = try? String(contentsOfFile: file.path, encoding: .utf8) else {
            throw InstalledPaths.NotFound(description: "\(owner): the PIN file \(file.path) cannot be read")
        }
        let pin = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (4...8).contains(pin.count), pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw InstalledPaths.NotFound(
                description: "\(owner): the PIN file \(file.path) does not contain a PIN of 4 to 8 digits")
        }
        return pin
    }
}
