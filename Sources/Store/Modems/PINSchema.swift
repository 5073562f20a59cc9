extension Schema {
    /// The PINs that were sent to the SIMs of modems. Only salted hashes are stored.
    static let pins = """
        CREATE TABLE given_pin (
            id INTEGER PRIMARY KEY, modem TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
            given_at INTEGER NOT NULL, refused_at INTEGER
        ) STRICT;
        CREATE INDEX given_pin_by_modem ON given_pin (modem);
        """
}
