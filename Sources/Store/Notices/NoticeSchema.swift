extension Schema {
    /// Payment notices received over HTTP, and the requests that were refused, which are only counted.
    static let notices = """
        CREATE TABLE payment_notice (
            id INTEGER PRIMARY KEY, driver TEXT NOT NULL, notice_id TEXT NOT NULL, provider TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount > 0), reference TEXT, payer_phone TEXT, payer_name TEXT,
            provider_time TEXT,
            receipts TEXT NOT NULL, context TEXT NOT NULL, payment_id INTEGER REFERENCES payment (id), refusal TEXT,
            paired INTEGER NOT NULL DEFAULT 0, report TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
            report_at INTEGER, received_at INTEGER NOT NULL, UNIQUE (driver, notice_id),
            CHECK ((payment_id IS NULL) <> (refusal IS NULL))
        ) STRICT;
        CREATE INDEX payment_notice_by_payment ON payment_notice (payment_id);
        CREATE INDEX payment_notice_by_amount ON payment_notice (provider, amount, received_at);
        CREATE INDEX payment_notice_report ON payment_notice (report, report_at);
        CREATE INDEX payment_by_amount ON payment (provider, amount, received_at);
        CREATE TABLE payment_alias (
            provider TEXT NOT NULL, txn_id TEXT NOT NULL, payment_id INTEGER NOT NULL REFERENCES payment (id),
            PRIMARY KEY (provider, txn_id)
        ) STRICT;
        CREATE TABLE refused_request (
            route TEXT NOT NULL, reason TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, last_at INTEGER NOT NULL,
            PRIMARY KEY (route, reason, day)
        ) STRICT;
        """
}
