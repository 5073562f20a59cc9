import Domain
import Store
import Tokens

/// The PIN of a wallet, which is asked for its balance by USSD.
package struct WalletPIN: Sendable {
    package let digits: String
    /// Where it is read from, for messages to staff.
    package let source: String

    package init(digits: String, source: String) {
        self.digits = digits
        self.source = source
    }

    /// A new mark of this PIN.
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    func mark() throws -> WalletPINRecords.Mark {
        let salt = PINHash.salt()
        return .init(salt: salt, hash: try PINHash.make(of: digits, salt: salt))
    }

    /// Whether a mark is of this PIN.
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    func has(_ mark: WalletPINRecords.Mark) throws -> Bool {
        try PINHash.make(of: digits, salt: mark.salt) == mark.hash
    }
}
