import GRDB

/// The tables, as they came to be. A step that was published is never changed.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        migrator.registerMigration("2") { try $0.execute(sql: conversations) }
        migrator.registerMigration("3") { try $0.execute(sql: debts) }
        return migrator
    }

    /// Money is in minor units, energy in 0.1 kWh, prices in 1/10000 of the currency's unit, moments in milliseconds.
    private static let first = """
        CREATE TABLE cluster (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE mini_grid (
            id INTEGER PRIMARY KEY, cluster_id INTEGER NOT NULL REFERENCES cluster (id), name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE village (
            id INTEGER PRIMARY KEY, mini_grid_id INTEGER NOT NULL REFERENCES mini_grid (id), name TEXT NOT NULL,
            UNIQUE (mini_grid_id, name)
        ) STRICT;
        CREATE TABLE tariff (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, base_price INTEGER NOT NULL CHECK (base_price >= 0),
            access_rate INTEGER NOT NULL DEFAULT 0, access_period_days INTEGER NOT NULL DEFAULT 0,
            minimum_purchase INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE tariff_component (
            tariff_id INTEGER NOT NULL REFERENCES tariff (id), name TEXT NOT NULL, price INTEGER NOT NULL CHECK (price >= 0),
            PRIMARY KEY (tariff_id, name)
        ) STRICT;
        CREATE TABLE customer (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, surname TEXT, language TEXT,
            village_id INTEGER NOT NULL REFERENCES village (id), connection_group TEXT, connection_type TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE customer_phone (
            customer_id INTEGER NOT NULL REFERENCES customer (id), phone TEXT NOT NULL, PRIMARY KEY (customer_id, phone)
        ) STRICT;
        CREATE INDEX customer_by_phone ON customer_phone (phone);
        CREATE TABLE device (
            id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id), kind TEXT NOT NULL,
            serial TEXT NOT NULL UNIQUE, manufacturer TEXT, token TEXT NOT NULL, tariff_id INTEGER REFERENCES tariff (id),
            sgc TEXT, krn INTEGER, kt INTEGER, ti INTEGER, ea INTEGER, base_date INTEGER, last_tid INTEGER,
            paygo_key TEXT, paygo_start INTEGER, paygo_count INTEGER, days_granted INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX device_by_customer ON device (customer_id);
        CREATE TABLE sale (
            id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (id),
            device_id INTEGER REFERENCES device (id), name TEXT NOT NULL, created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sale_by_customer ON sale (customer_id);
        CREATE TABLE instalment (
            id INTEGER PRIMARY KEY, sale_id INTEGER NOT NULL REFERENCES sale (id), due TEXT NOT NULL,
            cost INTEGER NOT NULL CHECK (cost > 0), paid INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0 AND paid <= cost)
        ) STRICT;
        CREATE INDEX instalment_by_sale ON instalment (sale_id);
        CREATE TABLE access_debt (
            id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id), due TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount > 0), paid INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0 AND paid <= amount)
        ) STRICT;
        CREATE INDEX access_debt_by_device ON access_debt (device_id);

        CREATE TABLE inbox_message (
            id INTEGER PRIMARY KEY, modem TEXT NOT NULL, originator TEXT NOT NULL, smsc TEXT NOT NULL, sent_at INTEGER,
            body TEXT NOT NULL, is_binary INTEGER NOT NULL DEFAULT 0, is_incomplete INTEGER NOT NULL DEFAULT 0,
            received_at INTEGER NOT NULL, handled_at INTEGER, state TEXT NOT NULL, disposition TEXT, provider TEXT, format TEXT,
            note TEXT
        ) STRICT;
        CREATE INDEX inbox_message_waiting ON inbox_message (state, id);
        CREATE TABLE inbox_part (
            id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, modem TEXT NOT NULL, originator TEXT NOT NULL,
            smsc TEXT NOT NULL, sent_at INTEGER, reference INTEGER, total INTEGER NOT NULL, number INTEGER NOT NULL,
            body TEXT NOT NULL, coding TEXT NOT NULL, received_at INTEGER NOT NULL,
            message_id INTEGER REFERENCES inbox_message (id)
        ) STRICT;
        CREATE INDEX inbox_part_open ON inbox_part (message_id, originator, reference, total);

        CREATE TABLE payment (
            id INTEGER PRIMARY KEY, provider TEXT NOT NULL, txn_id TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
            currency TEXT NOT NULL, payer_name TEXT, payer_phone TEXT, reference TEXT, new_balance INTEGER, fee INTEGER,
            provider_time TEXT, inbox_message_id INTEGER REFERENCES inbox_message (id), state TEXT NOT NULL,
            reasons TEXT, device_id INTEGER REFERENCES device (id), received_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            UNIQUE (provider, txn_id)
        ) STRICT;
        CREATE INDEX payment_by_state ON payment (state, id);
        CREATE TABLE payment_sighting (
            id INTEGER PRIMARY KEY, payment_id INTEGER NOT NULL REFERENCES payment (id),
            inbox_message_id INTEGER NOT NULL REFERENCES inbox_message (id), seen_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE allocation (
            id INTEGER PRIMARY KEY, payment_id INTEGER NOT NULL REFERENCES payment (id), kind TEXT NOT NULL,
            amount INTEGER NOT NULL, instalment_id INTEGER REFERENCES instalment (id),
            access_debt_id INTEGER REFERENCES access_debt (id), device_id INTEGER REFERENCES device (id),
            energy INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX allocation_by_payment ON allocation (payment_id);
        CREATE INDEX allocation_by_instalment ON allocation (instalment_id);
        CREATE INDEX allocation_by_access_debt ON allocation (access_debt_id);
        CREATE TABLE token (
            id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id),
            payment_id INTEGER UNIQUE REFERENCES payment (id), act TEXT, digits TEXT NOT NULL, tid INTEGER,
            energy INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
            UNIQUE (device_id, tid), CHECK ((payment_id IS NULL) <> (act IS NULL))
        ) STRICT;

        CREATE TABLE entry (
            id INTEGER PRIMARY KEY, payment_id INTEGER REFERENCES payment (id), memo TEXT NOT NULL, at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX entry_by_payment ON entry (payment_id);
        CREATE TABLE posting (
            id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL REFERENCES entry (id), account TEXT NOT NULL,
            customer_id INTEGER REFERENCES customer (id), amount INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX posting_by_entry ON posting (entry_id);
        CREATE INDEX posting_by_customer ON posting (customer_id, account);
        CREATE TRIGGER entry_is_final_1 BEFORE UPDATE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never changed'); END;
        CREATE TRIGGER entry_is_final_2 BEFORE DELETE ON entry BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END;
        CREATE TRIGGER posting_is_final_1 BEFORE UPDATE ON posting BEGIN SELECT RAISE (ABORT, 'entries are never changed'); END;
        CREATE TRIGGER posting_is_final_2 BEFORE DELETE ON posting BEGIN SELECT RAISE (ABORT, 'entries are never deleted'); END;

        CREATE TABLE question (
            id INTEGER PRIMARY KEY, phone TEXT NOT NULL, payment_id INTEGER NOT NULL REFERENCES payment (id),
            options TEXT NOT NULL, asked_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, state TEXT NOT NULL
        ) STRICT;
        CREATE INDEX question_by_phone ON question (phone, state);

        CREATE TABLE outbox_message (
            id INTEGER PRIMARY KEY, dedupe_key TEXT NOT NULL UNIQUE, class INTEGER NOT NULL, recipient TEXT NOT NULL,
            body TEXT NOT NULL, coding TEXT NOT NULL, state TEXT NOT NULL, payment_id INTEGER REFERENCES payment (id),
            inbox_message_id INTEGER REFERENCES inbox_message (id), attempts INTEGER NOT NULL DEFAULT 0,
            not_before INTEGER NOT NULL, expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            reference INTEGER NOT NULL, modem TEXT, error TEXT
        ) STRICT;
        CREATE INDEX outbox_message_due ON outbox_message (state, class, not_before, id);
        CREATE INDEX outbox_message_by_recipient ON outbox_message (recipient, created_at);
        CREATE TABLE outbox_part (
            message_id INTEGER NOT NULL REFERENCES outbox_message (id), number INTEGER NOT NULL, body TEXT NOT NULL,
            state TEXT NOT NULL, modem TEXT, reference INTEGER, sent_at INTEGER, PRIMARY KEY (message_id, number)
        ) STRICT;
        CREATE INDEX outbox_part_by_reference ON outbox_part (modem, reference, sent_at);
        CREATE INDEX outbox_part_by_time ON outbox_part (modem, sent_at);
        CREATE INDEX outbox_part_by_state ON outbox_part (state) WHERE state = 'sending';

        CREATE TABLE early_report (
            modem TEXT NOT NULL, reference INTEGER NOT NULL, recipient TEXT NOT NULL, delivered INTEGER NOT NULL, at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE act (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, uid INTEGER, action TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;
        """

    /// People, tickets, jobs and broadcasts; what a change was answered; what happened.
    private static let conversations = """
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

    /// Sales and their plans, access rates, services; tokens from outside and by name; what a clock was seen at.
    private static let debts = """
        CREATE TABLE appliance (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, price INTEGER NOT NULL CHECK (price > 0),
            remind_before INTEGER, remind_after INTEGER, created_at INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE sale ADD COLUMN appliance_id INTEGER REFERENCES appliance (id);
        ALTER TABLE sale ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
        ALTER TABLE sale ADD COLUMN price INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sale ADD COLUMN list_price INTEGER;
        ALTER TABLE sale ADD COLUMN down_payment INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sale ADD COLUMN days_earned_before INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sale ADD COLUMN days_granted INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sale ADD COLUMN payment_id INTEGER REFERENCES payment (id);
        ALTER TABLE sale ADD COLUMN ended_at INTEGER;
        CREATE INDEX sale_by_device ON sale (device_id) WHERE device_id IS NOT NULL;
        ALTER TABLE instalment ADD COLUMN is_replaced INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX instalment_open ON instalment (due) WHERE is_replaced = 0 AND paid < cost;
        CREATE TABLE instalment_reminder (
            instalment_id INTEGER NOT NULL REFERENCES instalment (id), kind TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (instalment_id, kind)
        ) STRICT;

        ALTER TABLE device ADD COLUMN access_next TEXT;
        ALTER TABLE device ADD COLUMN covered_until INTEGER;
        ALTER TABLE device ADD COLUMN paygo_divider INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE device ADD COLUMN paygo_restricted INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE device ADD COLUMN paygo_extended INTEGER NOT NULL DEFAULT 0;
        -- Nobody was told of access rates before: the first one is due a period from now.
        UPDATE device SET access_next = (SELECT date('now', '+' || access_period_days || ' days')
            FROM tariff WHERE tariff.id = tariff_id AND access_rate > 0);
        CREATE INDEX device_by_access ON device (access_next) WHERE access_next IS NOT NULL;
        CREATE INDEX device_by_tariff ON device (tariff_id) WHERE tariff_id IS NOT NULL;

        CREATE TABLE service_plan (
            id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id),
            price_per_day INTEGER NOT NULL CHECK (price_per_day > 0), paid INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0),
            days_granted INTEGER NOT NULL DEFAULT 0, started_at INTEGER NOT NULL, ended_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX service_plan_open ON service_plan (device_id) WHERE ended_at IS NULL;
        ALTER TABLE allocation ADD COLUMN use_number INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE allocation ADD COLUMN service_plan_id INTEGER REFERENCES service_plan (id);
        CREATE INDEX allocation_by_service_plan ON allocation (service_plan_id) WHERE service_plan_id IS NOT NULL;

        ALTER TABLE payment ADD COLUMN note TEXT;
        ALTER TABLE payment ADD COLUMN times_undone INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE early_reversal (
            provider TEXT NOT NULL, txn_id TEXT NOT NULL, amount INTEGER,
            inbox_message_id INTEGER REFERENCES inbox_message (id), at INTEGER NOT NULL, PRIMARY KEY (provider, txn_id)
        ) STRICT;

        -- A payment that was undone may have a second token: the table is made anew without its old constraint.
        CREATE TABLE token_of_version_3 (
            id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id),
            payment_id INTEGER REFERENCES payment (id), act TEXT, digits TEXT NOT NULL, tid INTEGER, base_date INTEGER,
            energy INTEGER NOT NULL DEFAULT 0, days INTEGER NOT NULL DEFAULT 0, unlocks INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL, undone_at INTEGER, is_void INTEGER NOT NULL DEFAULT 0,
            UNIQUE (device_id, tid, base_date), CHECK ((payment_id IS NULL) <> (act IS NULL))
        ) STRICT;
        INSERT INTO token_of_version_3 (id, device_id, payment_id, act, digits, tid, base_date, energy, days, created_at)
            SELECT token.id, device_id, payment_id, act, digits, tid, device.base_date, energy, days, token.created_at
            FROM token JOIN device ON device.id = device_id;
        DROP TABLE token;
        ALTER TABLE token_of_version_3 RENAME TO token;
        CREATE UNIQUE INDEX token_of_payment ON token (payment_id) WHERE undone_at IS NULL;
        CREATE INDEX token_by_device ON token (device_id, id);
        CREATE INDEX token_by_payment ON token (payment_id) WHERE payment_id IS NOT NULL;

        CREATE TABLE token_request (
            id INTEGER PRIMARY KEY, payment_id INTEGER NOT NULL REFERENCES payment (id),
            device_id INTEGER NOT NULL REFERENCES device (id), vendor TEXT NOT NULL, state TEXT NOT NULL,
            energy INTEGER NOT NULL, days INTEGER NOT NULL, unlocks INTEGER NOT NULL, amount INTEGER NOT NULL,
            is_beside INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL, error TEXT, created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX token_request_of_payment ON token_request (payment_id) WHERE state <> 'cancelled' AND is_beside = 0;
        CREATE INDEX token_request_due ON token_request (vendor, not_before) WHERE state IN ('waiting', 'inquiring');

        CREATE TABLE key_change (
            id INTEGER PRIMARY KEY, device_id INTEGER NOT NULL REFERENCES device (id),
            token_id INTEGER NOT NULL REFERENCES token (id), sgc TEXT NOT NULL, krn INTEGER NOT NULL, kt INTEGER NOT NULL,
            ti INTEGER NOT NULL, ea INTEGER NOT NULL, base_date INTEGER NOT NULL, created_at INTEGER NOT NULL,
            confirmed_at INTEGER, withdrawn_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX key_change_open ON key_change (device_id) WHERE confirmed_at IS NULL AND withdrawn_at IS NULL;

        CREATE TABLE clock_mark (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
        INSERT INTO clock_mark (id, at) SELECT 1, created_at FROM token ORDER BY created_at DESC LIMIT 1;
        CREATE TABLE daily_duty (name TEXT PRIMARY KEY, day TEXT NOT NULL) STRICT;
        """
}
