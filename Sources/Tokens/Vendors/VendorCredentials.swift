import Foundation
import StrictTOML

/// The secrets of a vendor's service, from a file that only its owner may read or from a systemd credential.
package enum VendorCredentials {
    /// Reads the secrets `names`. The permissions of a systemd credential (`isCredential`) are not checked.
    ///
    /// - Throws: `KeyFileRights.Refusal` for wrong permissions; `TOMLFault` or `TOMLFaults` for wrong contents.
    package static func read(_ path: String, names: [String], isCredential: Bool) throws -> [String: String] {
        if !isCredential { try KeyFileRights.check(path) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw TOMLFault(file: path, line: nil, message: "cannot be read as UTF-8 text")
        }
        return try TOMLDocument(text, file: path).read { root in
            let pairs = names.compactMap { name in root.requiredString(name).map { (name, $0) } }
            return pairs.count == names.count ? Dictionary(uniqueKeysWithValues: pairs) : nil
        }
    }
}
