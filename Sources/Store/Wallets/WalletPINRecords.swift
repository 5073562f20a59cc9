import Domain
import Foundation
import GRDB

/// How the PINs of wallets were used. A PIN is recognised by its salted hash.
package struct WalletPINRecords {
    let transaction: Transaction

    /// A PIN's salt and hash.
    package struct Mark: Sendable, Hashable {
        package let salt: [UInt8]
        package let hash: [UInt8]

        package init(salt: [UInt8], hash: [UInt8]) {
            self.salt = salt
            self.hash = hash
        }
    }

    /// The PIN that is recorded for a wallet; `nil` if none is.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func mark(of key: WalletKey) throws -> Mark? {
        try row(key).map { row in
            let (salt, hash): (Data, Data) = (row["salt"], row["hash"])
            return Mark(salt: [UInt8](salt), hash: [UInt8](hash))
        }
    }

    /// Records another PIN of a wallet, and how the wallet's PIN was used.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func set(_ mark: Mark, _ use: WalletPINUse, of key: WalletKey) throws {
        try transaction.run(
            """
            INSERT OR REPLACE INTO wallet_pin (provider, modem, salt, hash, times_given, is_locked)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [key.provider, key.modem, Data(mark.salt), Data(mark.hash), use.timesGiven, use.isLocked])
    }

    /// How the PIN of a wallet was used; `nil` if none is recorded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func use(of key: WalletKey) throws -> WalletPINUse? {
        try row(key).map { WalletPINUse(timesGiven: $0["times_given"], isLocked: $0["is_locked"]) }
    }

    /// Records the use of a wallet's PIN; does nothing if none is recorded.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func record(_ use: WalletPINUse, of key: WalletKey) throws {
        try transaction.run(
            "UPDATE wallet_pin SET times_given = ?, is_locked = ? WHERE provider = ? AND modem = ?",
            [use.timesGiven, use.isLocked, key.provider, key.modem])
    }

    private func row(_ key: WalletKey) throws -> Row? {
        try transaction.rows("SELECT * FROM wallet_pin WHERE provider = ? AND modem = ?", [key.provider, key.modem])
            .first
    }
}

extension Transaction {
    package var walletPINs: WalletPINRecords { WalletPINRecords(transaction: self) }
}
