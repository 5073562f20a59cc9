extension Schema {
    /// The attempts to send a message that did not succeed.
    static let attempts = """
        CREATE TABLE outbox_attempt (
            id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES outbox_message (id) ON DELETE CASCADE,
            part INTEGER NOT NULL, modem TEXT NOT NULL, outcome TEXT NOT NULL, is_doubtful INTEGER NOT NULL, code INTEGER,
            reason TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX outbox_attempt_by_message ON outbox_attempt (message_id);
        CREATE INDEX outbox_attempt_by_modem ON outbox_attempt (modem, id);
        """
}
