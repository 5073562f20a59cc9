import GRDB
import Domain

/// The proofs of the audit. Each is one query for rows that must not exist.
package struct AuditProofs {
    let transaction: Transaction

    /// The names of all proofs, in the order in which they run.
    package static var names: [String] { proofs.map(\.name) }

    /// Runs all proofs and returns at most 100 violations of each.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func findings() throws -> [AuditFinding] {
        try Self.proofs.flatMap { proof in
            try String.fetchAll(transaction.database, sql: proof.query + " LIMIT 100").map {
                AuditFinding(proof: proof.name, detail: $0)
            }
        }
    }

    /// A query for the rows of a table with a value that is unknown to this version.
    private static func unknownValues<Value: RawRepresentable & CaseIterable>(
        _ table: String, _ column: String, key: String = "id", _: Value.Type
    ) -> String {
        let known = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            SELECT '\(table) ' || \(key) || ' has \(column) ' || \(column) AS detail FROM \(table)
            WHERE CAST(\(column) AS TEXT) NOT IN (\(known))
            """
    }

    private static let unknownHoldReasons = """
        SELECT 'payment ' || payment.id || ' has a reason ' || COALESCE(reason.value, 'null') AS detail
        FROM payment, json_each(CASE WHEN json_valid(reasons) THEN reasons ELSE json_array(reasons) END) AS reason
        WHERE reasons IS NOT NULL AND COALESCE(CASE WHEN reason.type = 'object' THEN json_extract(reason.value, '$.code') END, '')
        NOT IN (\(HoldReason.Code.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
        """

    private static let unknownTicketCauses = """
        SELECT 'ticket ' || id || ' has cause ' || cause AS detail FROM ticket WHERE cause IS NOT NULL
        AND substr(cause, 1, instr(cause, '/') - 1)
        NOT IN (\(TicketCause.Code.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
        """

    private static let proofs: [(name: String, query: String)] = [
        (
            "every stored value is known to this version",
            [
                unknownValues("payment", "state", PaymentState.self), unknownHoldReasons,
                unknownValues("allocation", "kind", Allocation.Kind.self),
                unknownValues("inbox_message", "state", InboxState.self),
                unknownValues("inbox_message", "disposition", Disposition.self),
                unknownValues("outbox_message", "state", OutboxState.self),
                unknownValues("outbox_message", "class", MessageClass.self),
                unknownValues("outbox_part", "state", key: "message_id", PartState.self),
                unknownValues("token_request", "state", VendorTokenRecord.State.self),
                unknownValues("sale", "state", Sale.State.self), unknownValues("device", "kind", DeviceKind.self),
                unknownValues("ticket", "status", TicketStatus.self),
                unknownValues("ticket", "priority", TicketPriority.self), unknownTicketCauses,
                unknownValues("ticket_entry", "author", ThreadAuthor.self),
                unknownValues("job", "status", key: "ticket_id", JobStatus.self),
                unknownValues("broadcast", "state", BroadcastState.self),
                unknownValues("broadcast", "class", BroadcastClass.self),
                unknownValues("person", "role", PersonRole.self), unknownValues("alert", "kind", Alert.Kind.self),
                unknownValues("event", "kind", Event.Kind.self),
                unknownValues("begun_step", "queue", key: "item", WorkItem.Queue.self),
            ].joined(separator: " UNION ALL ")
        ),
        (
            "every entry balances",
            """
            SELECT 'entry ' || entry_id || ' is off by ' || SUM(amount) FROM posting GROUP BY entry_id HAVING SUM(amount) <> 0
            """
        ),
        (
            "no payment is in a transient state",
            """
            SELECT 'payment ' || id || ' is ' || state FROM payment
            WHERE state IN ('accepted', 'allocated') OR (state = 'received') <> (wait_until IS NOT NULL)
            """
        ),
        (
            "held and rejected payments have no ledger entries",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has entries' FROM payment
            WHERE state IN ('held', 'rejected') AND EXISTS (SELECT 1 FROM entry WHERE payment_id = payment.id)
            """
        ),
        (
            "every accepted payment is booked to a wallet once",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has ' || COALESCE(SUM(posting.amount), 0) || ' in its wallet'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account LIKE 'wallet:%' GROUP BY payment.id
            HAVING COALESCE(SUM(posting.amount), 0) <> CASE
            WHEN state IN ('suspense', 'token_pending', 'completed', 'refunded') THEN payment.amount ELSE 0 END
            """
        ),
        (
            "the suspense account equals the payments in suspense",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' with ' || -COALESCE(SUM(posting.amount), 0) || ' in suspense'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account = 'suspense'
            GROUP BY payment.id
            HAVING -COALESCE(SUM(posting.amount), 0) <> CASE state WHEN 'suspense' THEN payment.amount ELSE 0 END
            """
        ),
        (
            "every allocated payment is fully allocated",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has allocations of ' || COALESCE(SUM(allocation.amount), 0)
            FROM payment LEFT JOIN allocation ON payment_id = payment.id WHERE state IN ('token_pending', 'completed')
            GROUP BY payment.id HAVING COALESCE(SUM(allocation.amount), 0) <> payment.amount
            """
        ),
        (
            "a payment in any other state has no allocations, or all were undone",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has allocations of ' || SUM(allocation.amount)
            FROM payment JOIN allocation ON payment_id = payment.id WHERE state NOT IN ('token_pending', 'completed')
            GROUP BY payment.id HAVING SUM(allocation.amount) <> 0
            """
        ),
        (
            "every instalment's paid amount equals its allocations",
            """
            SELECT 'instalment ' || instalment.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM instalment LEFT JOIN allocation ON instalment_id = instalment.id
            GROUP BY instalment.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """
        ),
        (
            "every access-rate debt's paid amount equals its allocations",
            """
            SELECT 'access debt ' || access_debt.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM access_debt LEFT JOIN allocation ON access_debt_id = access_debt.id
            GROUP BY access_debt.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """
        ),
        (
            "every open sale's price equals its down payment plus its instalments",
            """
            SELECT 'sale ' || sale.id || ' of ' || price || ' has ' || (down_payment + COALESCE(SUM(CASE WHEN is_replaced THEN paid ELSE cost END), 0))
            FROM sale LEFT JOIN instalment ON sale_id = sale.id WHERE state = 'open'
            GROUP BY sale.id HAVING price <> down_payment + COALESCE(SUM(CASE WHEN is_replaced THEN paid ELSE cost END), 0)
            """
        ),
        (
            "every customer's instalment debt equals the ledger",
            """
            WITH owed AS (SELECT customer_id, SUM(cost - paid) AS open FROM sale JOIN instalment ON sale_id = sale.id
            WHERE is_replaced = 0 GROUP BY customer_id),
            booked AS (SELECT customer_id, SUM(amount) AS open FROM posting WHERE account = 'instalments' GROUP BY customer_id)
            SELECT 'customer ' || customer.id || ' owes ' || COALESCE(owed.open, 0) || ' and the books say ' || COALESCE(booked.open, 0)
            FROM customer LEFT JOIN owed ON owed.customer_id = customer.id LEFT JOIN booked ON booked.customer_id = customer.id
            WHERE COALESCE(owed.open, 0) <> COALESCE(booked.open, 0)
            """
        ),
        (
            "every customer's access-rate debt equals the ledger",
            """
            WITH owed AS (SELECT customer_id, SUM(amount - paid) AS open FROM access_debt JOIN device ON device.id = device_id
            GROUP BY customer_id),
            booked AS (SELECT customer_id, SUM(amount) AS open FROM posting WHERE account = 'access_rates' GROUP BY customer_id)
            SELECT 'customer ' || customer.id || ' owes ' || COALESCE(owed.open, 0) || ' and the books say ' || COALESCE(booked.open, 0)
            FROM customer LEFT JOIN owed ON owed.customer_id = customer.id LEFT JOIN booked ON booked.customer_id = customer.id
            WHERE COALESCE(owed.open, 0) <> COALESCE(booked.open, 0)
            """
        ),
        (
            "every plan's granted days equal its allocations",
            """
            SELECT 'sale ' || sale.id || ' granted ' || days_granted || ' days and sold ' || COALESCE(SUM(allocation.days), 0)
            FROM sale LEFT JOIN instalment ON sale_id = sale.id LEFT JOIN allocation ON instalment_id = instalment.id
            GROUP BY sale.id HAVING days_granted <> COALESCE(SUM(allocation.days), 0)
            """
        ),
        (
            "every device that is paid off has an unlock token, a token request or a ticket",
            """
            SELECT 'sale ' || sale.id || ' is paid off and device ' || device_id || ' has no unlock token' FROM sale
            WHERE state = 'open' AND device_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM instalment WHERE sale_id = sale.id AND is_replaced = 0 AND paid < cost)
            AND NOT EXISTS (SELECT 1 FROM token WHERE token.device_id = sale.device_id AND unlocks = 1
            AND token.created_at >= sale.created_at)
            AND NOT EXISTS (SELECT 1 FROM token_request WHERE token_request.device_id = sale.device_id AND unlocks = 1
            AND token_request.created_at >= sale.created_at)
            AND NOT EXISTS (SELECT 1 FROM ticket WHERE cause LIKE '\(TicketCause.Code.otherDevicePlan.rawValue)/' || sale.id || '/%')
            """
        ),
        (
            "every service plan's paid amount and days equal its allocations",
            """
            SELECT 'service plan ' || service_plan.id || ' says ' || paid || ' and ' || days_granted || ' days' FROM service_plan
            LEFT JOIN allocation ON service_plan_id = service_plan.id GROUP BY service_plan.id
            HAVING paid <> COALESCE(SUM(allocation.amount), 0) OR days_granted <> COALESCE(SUM(allocation.days), 0)
            """
        ),
        (
            "every token's energy and days equal its payment's allocations",
            """
            SELECT 'token ' || token.id || ' of payment ' || token.payment_id || ' carries ' || token.energy || ' and ' || token.days || ' days'
            FROM token JOIN payment ON payment.id = token.payment_id
            LEFT JOIN allocation ON allocation.payment_id = payment.id AND use_number = times_undone
            LEFT JOIN instalment ON instalment.id = instalment_id LEFT JOIN sale ON sale.id = sale_id
            WHERE undone_at IS NULL GROUP BY token.id
            HAVING token.energy <> COALESCE(SUM(allocation.energy), 0) OR token.days <> COALESCE(
            SUM(CASE WHEN sale.id IS NULL OR sale.device_id = token.device_id THEN allocation.days ELSE 0 END), 0)
            """
        ),
        (
            "every completed purchase has a token",
            """
            SELECT 'payment ' || payment.id || ' bought energy or days and has no token' FROM payment
            JOIN allocation ON allocation.payment_id = payment.id AND use_number = times_undone
            LEFT JOIN instalment ON instalment.id = instalment_id LEFT JOIN sale ON sale.id = sale_id
            WHERE payment.state = 'completed'
            AND NOT EXISTS (SELECT 1 FROM token WHERE token.payment_id = payment.id AND undone_at IS NULL)
            AND (sale.id IS NULL OR sale.device_id = payment.device_id)
            GROUP BY payment.id HAVING SUM(energy) > 0 OR SUM(days) > 0
            """
        ),
        (
            "a payment is token_pending exactly while its token request to a vendor is open",
            """
            SELECT 'payment ' || payment.id || ' is ' || payment.state || ' and its request ' || COALESCE(token_request.state, 'none')
            FROM payment LEFT JOIN token_request
            ON payment_id = payment.id AND token_request.state <> 'cancelled' AND is_beside = 0
            WHERE (payment.state = 'token_pending') <> COALESCE(token_request.state NOT IN ('done', 'cancelled'), 0)
            """
        ),
        (
            "every token of a payment was queued for the customer",
            """
            SELECT 'token ' || token.id || ' was never queued' FROM token
            WHERE payment_id IS NOT NULL AND undone_at IS NULL AND digits <> ''
            AND EXISTS (SELECT 1 FROM customer_phone JOIN device ON device.customer_id = customer_phone.customer_id
            WHERE device.id = token.device_id)
            AND NOT EXISTS (SELECT 1 FROM outbox_message WHERE outbox_message.payment_id = token.payment_id AND class = 0)
            """
        ),
        (
            "no token's identifier is above its device's counter",
            """
            SELECT 'token ' || token.id || ' is above the counter of device ' || device.id FROM token
            JOIN device ON device.id = device_id WHERE tid > CASE WHEN token.base_date = 0 THEN COALESCE(paygo_count, -1)
            WHEN token.base_date = device.base_date THEN COALESCE(last_tid, -1) ELSE tid END
            """
        ),
        (
            "no customer's credit is negative",
            """
            SELECT 'customer ' || customer_id || ' has credit ' || -SUM(amount) FROM posting WHERE account = 'credit'
            GROUP BY customer_id HAVING SUM(amount) > 0
            """
        ),
        (
            "every message handled as a credit has a payment",
            """
            SELECT 'message ' || id || ' was read as credit and has no payment' FROM inbox_message
            WHERE disposition = 'credit' AND state = 'handled'
            AND NOT EXISTS (SELECT 1 FROM payment WHERE inbox_message_id = inbox_message.id)
            AND NOT EXISTS (SELECT 1 FROM payment_sighting WHERE inbox_message_id = inbox_message.id)
            """
        ),
    ]
}

extension Transaction {
    package var audit: AuditProofs { AuditProofs(transaction: self) }
}
