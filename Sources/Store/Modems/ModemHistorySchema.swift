extension Schema {
    /// The states of the modems.
    static let modemHistory = """
        CREATE TABLE modem_history (
            id INTEGER PRIMARY KEY, modem TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX modem_history_by_modem ON modem_history (modem, id);
        """
}
