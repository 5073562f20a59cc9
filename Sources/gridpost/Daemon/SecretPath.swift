import Foundation

/// Where a secret is: the absolute path of a file, or the name of a systemd credential.
enum SecretPath {
    static var folder: String? { ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] }

    static func isCredential(_ name: String) -> Bool { !name.contains("/") }

    /// - Throws: `InstalledPaths.NotFound` if it is a credential's name and there are no credentials.
    static func of(_ name: String, _ place: String) throws -> String {
        guard isCredential(name) else { return name }
        guard let folder else {
            throw InstalledPaths.NotFound(
                description:
                    "\(place): \"\(name)\" is the name of a systemd credential, but no credentials are available; give the absolute path of a file"
            )
        }
        return "\(folder)/\(name)"
    }
}
