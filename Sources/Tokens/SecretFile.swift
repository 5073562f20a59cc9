import Foundation

/// A file with a secret: of its owner alone, or a systemd credential, whose rights are systemd's affair.
package struct SecretFile: Hashable, Sendable {
    package let path: String
    package let isCredential: Bool

    /// `credentials` is the folder in which systemd hands over its credentials, when it does.
    package init(path: String, credentials: String?) {
        self.path = path
        isCredential = credentials.map { path.hasPrefix($0 + "/") && !path.contains("/../") } ?? false
    }

    /// Refuses a file or a folder with the wrong rights.
    package func check() throws {
        if !isCredential { try KeyFileRights.check(path) }
    }
}
