extension Schema {
    /// The balances that wallets stated by USSD, and how the PINs of wallets were used.
    static let walletChecks = """
        CREATE TABLE wallet_check (
            id INTEGER PRIMARY KEY, provider TEXT NOT NULL, modem TEXT NOT NULL, asked_at INTEGER NOT NULL,
            answered_at INTEGER NOT NULL, balance INTEGER, failure TEXT,
            -- The way back from the balance: the balances before the earliest notice that leads to it, and its time.
            openings TEXT, opened_at INTEGER, CHECK ((balance IS NULL) <> (failure IS NULL))
        ) STRICT;
        CREATE INDEX wallet_check_by_wallet ON wallet_check (provider, modem, id);
        -- The last time that staff wanted a wallet asked.
        CREATE TABLE wallet_check_order (
            provider TEXT NOT NULL, modem TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (provider, modem)
        ) STRICT;
        CREATE INDEX wallet_notice_by_arrival ON wallet_notice (provider, modem, received_at);
        CREATE INDEX wallet_notice_by_balance ON wallet_notice (provider, modem, balance) WHERE is_closed = 1;
        -- How often a wallet's PIN was given since it was last accepted.
        CREATE TABLE wallet_pin (
            provider TEXT NOT NULL, modem TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
            times_given INTEGER NOT NULL, is_locked INTEGER NOT NULL, PRIMARY KEY (provider, modem)
        ) STRICT;
        """
}
