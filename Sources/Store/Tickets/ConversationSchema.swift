extension Schema {
    /// People, tickets, jobs, broadcasts, alerts, events, and answers to API requests.
    static let conversations = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, language TEXT, created_at INTEGER NOT NULL,
            retired_at INTEGER
        ) STRICT;
        CREATE TABLE person_phone (
            person_id INTEGER NOT NULL REFERENCES person (id), phone TEXT NOT NULL, PRIMARY KEY (person_id, phone)
        ) STRICT;
        CREATE INDEX person_by_phone ON person_phone (phone);
        CREATE TABLE person_mini_grid (
            person_id INTEGER NOT NULL REFERENCES person (id), mini_grid_id INTEGER NOT NULL REFERENCES mini_grid (id),
            PRIMARY KEY (person_id, mini_grid_id)
        ) STRICT;
        CREATE TABLE phone_choice (phone TEXT PRIMARY KEY, language TEXT, opted_out_at INTEGER) STRICT;

        CREATE TABLE category (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, colour TEXT NOT NULL, is_outsourced INTEGER NOT NULL
        ) STRICT;
        INSERT INTO category (name, colour, is_outsourced) VALUES ('question', 'blue', 0), ('outage', 'yellow', 0),
            ('safety', 'red', 0), ('token', 'cyan', 0), ('payment', 'magenta', 0), ('complaint', 'yellow', 0),
            ('connection', 'green', 0), ('delivery', 'magenta', 0), ('maintenance', 'green', 1);
        CREATE TABLE ticket (
            id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL REFERENCES category (id), subject TEXT NOT NULL,
            priority TEXT NOT NULL, status TEXT NOT NULL, assignee_id INTEGER REFERENCES person (id), due TEXT,
            customer_id INTEGER REFERENCES customer (id), device_id INTEGER REFERENCES device (id),
            mini_grid_id INTEGER REFERENCES mini_grid (id), is_outage INTEGER NOT NULL DEFAULT 0, cause TEXT UNIQUE,
            close_reason TEXT, offered_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER
        ) STRICT;
        CREATE INDEX ticket_by_status ON ticket (status, id);
        CREATE INDEX ticket_by_customer ON ticket (customer_id) WHERE customer_id IS NOT NULL;
        CREATE INDEX ticket_by_mini_grid ON ticket (mini_grid_id, status);
        CREATE TABLE ticket_phone (
            ticket_id INTEGER NOT NULL REFERENCES ticket (id), phone TEXT NOT NULL, last_at INTEGER NOT NULL,
            PRIMARY KEY (ticket_id, phone)
        ) STRICT;
        CREATE INDEX ticket_by_phone ON ticket_phone (phone, last_at);
        CREATE TABLE ticket_entry (
            id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL REFERENCES ticket (id), at INTEGER NOT NULL,
            author TEXT NOT NULL, name TEXT, phone TEXT, body TEXT NOT NULL, is_note INTEGER NOT NULL DEFAULT 0,
            inbox_message_id INTEGER REFERENCES inbox_message (id)
        ) STRICT;
        CREATE INDEX ticket_entry_by_ticket ON ticket_entry (ticket_id, id);

        CREATE TABLE job (
            ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id), contractor_id INTEGER NOT NULL REFERENCES person (id),
            task TEXT NOT NULL, place TEXT, price INTEGER NOT NULL CHECK (price >= 0), deadline TEXT, status TEXT NOT NULL,
            offered_at INTEGER NOT NULL, confirmed_at INTEGER
        ) STRICT;
        CREATE INDEX job_by_contractor ON job (contractor_id, status);
        CREATE TABLE job_reminder (
            ticket_id INTEGER NOT NULL REFERENCES ticket (id), kind TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (ticket_id, kind)
        ) STRICT;
        CREATE TABLE payout (
            id INTEGER PRIMARY KEY, contractor_id INTEGER NOT NULL REFERENCES person (id), amount INTEGER NOT NULL,
            reference TEXT, paid_at INTEGER NOT NULL, uid INTEGER
        ) STRICT;
        CREATE TABLE payout_job (
            ticket_id INTEGER PRIMARY KEY REFERENCES job (ticket_id), payout_id INTEGER NOT NULL REFERENCES payout (id),
            amount INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER payout_is_final_1 BEFORE UPDATE ON payout BEGIN SELECT RAISE (ABORT, 'payouts are never changed'); END;
        CREATE TRIGGER payout_is_final_2 BEFORE DELETE ON payout BEGIN SELECT RAISE (ABORT, 'payouts are never deleted'); END;
        CREATE TRIGGER payout_job_is_final_1 BEFORE UPDATE ON payout_job
            BEGIN SELECT RAISE (ABORT, 'payouts are never changed'); END;
        CREATE TRIGGER payout_job_is_final_2 BEFORE DELETE ON payout_job
            BEGIN SELECT RAISE (ABORT, 'payouts are never deleted'); END;

        CREATE TABLE broadcast (
            id INTEGER PRIMARY KEY, class TEXT NOT NULL, urgency INTEGER NOT NULL, state TEXT NOT NULL, texts TEXT NOT NULL,
            audience TEXT NOT NULL, recipients INTEGER NOT NULL, parts INTEGER NOT NULL, opted_out INTEGER NOT NULL,
            starts_at INTEGER NOT NULL, created_at INTEGER NOT NULL, ended_at INTEGER, uid INTEGER
        ) STRICT;
        CREATE INDEX broadcast_by_state ON broadcast (state, urgency, id);

        ALTER TABLE outbox_message ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox_message ADD COLUMN ticket_entry_id INTEGER REFERENCES ticket_entry (id);
        ALTER TABLE outbox_message ADD COLUMN broadcast_id INTEGER REFERENCES broadcast (id);
        CREATE INDEX outbox_message_by_entry ON outbox_message (ticket_entry_id) WHERE ticket_entry_id IS NOT NULL;
        CREATE INDEX outbox_message_by_broadcast ON outbox_message (broadcast_id, state, id) WHERE broadcast_id IS NOT NULL;
        DROP INDEX outbox_message_due;
        CREATE INDEX outbox_message_due ON outbox_message (class, not_before, id)
            WHERE state = 'queued' AND broadcast_id IS NULL;
        CREATE INDEX outbox_message_expiry ON outbox_message (expires_at) WHERE state = 'queued';
        CREATE INDEX outbox_message_in_hand ON outbox_message (id) WHERE state = 'sending';
        CREATE INDEX outbox_message_lost ON outbox_message (id) WHERE class = 0 AND state IN ('failed', 'expired', 'unknown');
        -- For counting alone: an index that begins with the state would be taken for the small ones above.
        CREATE INDEX outbox_message_by_creation ON outbox_message (created_at, state);
        CREATE INDEX outbox_message_by_payment ON outbox_message (payment_id) WHERE payment_id IS NOT NULL;
        CREATE INDEX token_by_device ON token (device_id, id);
        CREATE INDEX payment_by_phone ON payment (payer_phone) WHERE payer_phone IS NOT NULL;

        CREATE INDEX question_open ON question (expires_at) WHERE state = 'open';

        CREATE TABLE alert (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, facts TEXT NOT NULL, is_urgent INTEGER NOT NULL,
            sent_at INTEGER
        ) STRICT;
        CREATE INDEX alert_waiting ON alert (id) WHERE sent_at IS NULL;
        CREATE INDEX alert_by_sending ON alert (sent_at) WHERE sent_at IS NOT NULL;
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, subject INTEGER NOT NULL, note TEXT
        ) STRICT;
        CREATE TABLE answered_request (
            key TEXT NOT NULL, uid INTEGER NOT NULL, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
            at INTEGER NOT NULL, PRIMARY KEY (key, uid)
        ) STRICT;
        CREATE INDEX answered_request_by_time ON answered_request (at);
        """
}
