import GRDB

/// The tables as a sequence of migration steps. Never change a released step.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        migrator.registerMigration("2") { try $0.execute(sql: conversations) }
        migrator.registerMigration("3") { try $0.execute(sql: debts) }
        migrator.registerMigration("4") { try $0.execute(sql: trust) }
        migrator.registerMigration("5") { try $0.execute(sql: proof) }
        migrator.registerMigration("6") { try $0.execute(sql: pins) }
        migrator.registerMigration("7", migrate: typeFacts)
        migrator.registerMigration("8") { try $0.execute(sql: attempts + modemHistory) }
        migrator.registerMigration("9") { try $0.execute(sql: notices + menuSessions + airtime) }
        migrator.registerMigration("10") { try $0.execute(sql: walletChecks) }
        return migrator
    }

    /// The last migration step of this program.
    static var latest: String { migrator.migrations.last ?? "" }

    /// Units: money in minor units, energy in 0.1 kWh, prices in 1/10000 of the currency's unit, times in milliseconds.
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
}
