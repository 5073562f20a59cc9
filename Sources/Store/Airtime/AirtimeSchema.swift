extension Schema {
    /// What networks said about the airtime of SIMs, and what was bought.
    static let airtime = """
        CREATE TABLE airtime_check (
            id INTEGER PRIMARY KEY, modem TEXT NOT NULL, at INTEGER NOT NULL, balance INTEGER, sms INTEGER,
            text TEXT NOT NULL, failure TEXT
        ) STRICT;
        CREATE INDEX airtime_check_by_modem ON airtime_check (modem, id);
        CREATE TABLE bundle_purchase (
            id INTEGER PRIMARY KEY, modem TEXT NOT NULL, at INTEGER NOT NULL, price INTEGER NOT NULL, answer TEXT NOT NULL
        ) STRICT;
        CREATE INDEX bundle_purchase_by_modem ON bundle_purchase (modem, at);
        """
}
