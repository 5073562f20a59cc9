import Foundation

/// A file with a secret: readable by its owner only, or a systemd credential, whose permissions systemd manages.
package struct SecretFile: Hashable, Sendable {
    package let path: String
    package let isCredential: Bool

    /// `credentials` is the folder of systemd credentials, if there is one.
    package init(path: String, credentials: String?) {
        self.path = path
        isCredential = credentials.map { path.hasPrefix($0 + "/") && !path.contains("/../") } ?? false
    }

    /// Checks the permissions of the file and its folder; a credential is not checked.
    ///
    /// - Throws: `KeyFileRights.Refusal` if the file is missing or its permissions are too wide.
    package func check() throws {
        if !isCredential { try KeyFileRights.check(path) }
    }
}
