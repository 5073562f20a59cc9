extension Schema {
    /// Customers' USSD sessions at aggregators.
    static let menuSessions = """
        CREATE TABLE menu_session (
            aggregator TEXT NOT NULL, session TEXT NOT NULL, phone TEXT NOT NULL, place TEXT NOT NULL, path TEXT NOT NULL,
            request TEXT NOT NULL, answer TEXT NOT NULL, is_open INTEGER NOT NULL, begun_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, PRIMARY KEY (aggregator, session)
        ) STRICT;
        CREATE INDEX menu_session_by_time ON menu_session (updated_at);
        """
}
