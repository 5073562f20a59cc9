extension Schema {
    /// Wallets with their known balances, the notices that changed them, and the SMSCs that are trusted for them.
    static let trust = """
        CREATE TABLE wallet (
            provider TEXT NOT NULL, modem TEXT NOT NULL, balance INTEGER NOT NULL, at INTEGER NOT NULL,
            told_at INTEGER NOT NULL, gap_at INTEGER, PRIMARY KEY (provider, modem)
        ) STRICT;
        CREATE TABLE wallet_notice (
            id INTEGER PRIMARY KEY, provider TEXT NOT NULL, modem TEXT NOT NULL,
            inbox_message_id INTEGER NOT NULL UNIQUE REFERENCES inbox_message (id),
            payment_id INTEGER REFERENCES payment (id), balance INTEGER, changes TEXT NOT NULL, told_at INTEGER NOT NULL,
            received_at INTEGER NOT NULL, is_closed INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX wallet_notice_open ON wallet_notice (provider, modem, told_at) WHERE is_closed = 0;
        CREATE INDEX wallet_notice_by_payment ON wallet_notice (payment_id) WHERE payment_id IS NOT NULL;
        CREATE TABLE wallet_centre (
            provider TEXT NOT NULL, number TEXT NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            messages INTEGER NOT NULL DEFAULT 1, is_known INTEGER NOT NULL, PRIMARY KEY (provider, number)
        ) STRICT;
        ALTER TABLE payment ADD COLUMN wait_until INTEGER;
        CREATE INDEX payment_waiting ON payment (wait_until) WHERE wait_until IS NOT NULL;
        """
}
