import Domain
import GRDB

/// The SMSCs that sent texts of wallets, and whether they are trusted.
package struct WalletSMSCRecords {
    let transaction: Transaction

    /// Counts a text from an SMSC. A new SMSC is not trusted.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func see(_ number: String, of provider: String, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet_centre (provider, number, first_seen, last_seen, is_known) VALUES (?, ?, ?, ?, 0)
            ON CONFLICT (provider, number) DO UPDATE SET last_seen = excluded.last_seen, messages = messages + 1
            """, [provider, number, now.milliseconds, now.milliseconds])
    }

    /// The SMSCs that sent texts of a provider, the first seen first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func smscs(of provider: String) throws -> [WalletSMSC] {
        try transaction.rows("SELECT * FROM wallet_centre WHERE provider = ? ORDER BY first_seen, number", [provider])
            .map(WalletSMSC.init)
    }

    /// Marks an SMSC as trusted or not; `false` if it has sent no text of the provider.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setKnown(_ isKnown: Bool, _ number: String, of provider: String) throws -> Bool {
        try transaction.run(
            "UPDATE wallet_centre SET is_known = ? WHERE provider = ? AND number = ?", [isKnown, provider, number])
        return transaction.database.changesCount == 1
    }
}

extension Transaction {
    package var walletSMSCs: WalletSMSCRecords { WalletSMSCRecords(transaction: self) }
}

extension WalletSMSC {
    fileprivate init(row: Row) {
        self.init(
            provider: row["provider"], number: row["number"], firstSeen: Timestamp(milliseconds: row["first_seen"]),
            lastSeen: Timestamp(milliseconds: row["last_seen"]), messages: row["messages"], isKnown: row["is_known"])
    }
}
