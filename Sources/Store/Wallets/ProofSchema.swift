extension Schema {
    /// Wallets in use, anchored chains, unproven credits, imported files, begun work items and automatic repliers.
    static let proof = """
        -- Nobody knows who began the chains of before: none of them is anchored.
        ALTER TABLE wallet ADD COLUMN anchored_at INTEGER;
        -- The position behind a gap, which an anchored chain does not prove.
        ALTER TABLE wallet ADD COLUMN supposed INTEGER;
        ALTER TABLE wallet ADD COLUMN supposed_told_at INTEGER;
        -- Balances, separated by spaces, of a text that can be read with several of them.
        ALTER TABLE wallet_notice ADD COLUMN candidates TEXT;
        -- The notice takes this payment back.
        ALTER TABLE wallet_notice ADD COLUMN reverses INTEGER REFERENCES payment (id);

        CREATE TABLE wallet_use (
            provider TEXT PRIMARY KEY, since INTEGER NOT NULL, uid INTEGER, budget INTEGER CHECK (budget >= 0)
        ) STRICT;
        INSERT INTO wallet_use (provider, since)
            SELECT provider, MIN(received_at) FROM payment WHERE state NOT IN ('received', 'held', 'rejected')
            GROUP BY provider;
        CREATE TABLE unproven_credit (
            payment_id INTEGER PRIMARY KEY REFERENCES payment (id), provider TEXT NOT NULL, day TEXT NOT NULL,
            amount INTEGER NOT NULL, proved_at INTEGER
        ) STRICT;
        CREATE INDEX unproven_credit_by_day ON unproven_credit (provider, day) WHERE proved_at IS NULL;
        ALTER TABLE early_reversal ADD COLUMN is_proved INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE early_reversal ADD COLUMN ended_at INTEGER;
        CREATE INDEX early_reversal_open ON early_reversal (at) WHERE ended_at IS NULL;

        CREATE TABLE imported_file (
            kind TEXT NOT NULL, hash BLOB NOT NULL, rows INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, hash)
        ) STRICT;
        ALTER TABLE clock_mark ADD COLUMN network_late INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE clock_mark ADD COLUMN catch_up_day TEXT;
        CREATE TABLE begun_step (
            queue TEXT NOT NULL, item TEXT NOT NULL, times INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (queue, item)
        ) STRICT;
        CREATE TABLE answering_machine (
            phone TEXT PRIMARY KEY, since INTEGER NOT NULL, last_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX inbox_message_by_originator ON inbox_message (originator, received_at);
        CREATE INDEX outbox_message_automatic ON outbox_message (created_at) WHERE is_automatic = 1;
        DROP INDEX outbox_message_due;
        CREATE INDEX outbox_message_due ON outbox_message (class, is_automatic, not_before, id)
            WHERE state = 'queued' AND broadcast_id IS NULL;
        ALTER TABLE alert ADD COLUMN message_key TEXT;
        ALTER TABLE alert ADD COLUMN told_at INTEGER;
        CREATE INDEX alert_to_confirm ON alert (id) WHERE message_key IS NOT NULL AND told_at IS NULL;
        """
}
