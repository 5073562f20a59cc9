extension Schema {
    /// Appliances, sales, access rates, service plans, token requests to vendors, key changes, and the clock mark.
    static let debts = """
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
        CREATE INDEX token_by_digits ON token (digits) WHERE tid IS NULL;
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
