import Domain
import GRDB

/// Something in the books that does not add up.
package struct AuditFinding: Sendable, Hashable, Codable {
    /// Which proof failed.
    package let proof: String
    /// The offending row in words.
    package let detail: String
}

/// The proofs that the books are whole. Each is one query that finds what must not exist.
package struct AuditProofs {
    let transaction: Transaction

    /// The names of all proofs, in the order in which they run.
    package static var names: [String] { proofs.map(\.name) }

    package func findings() throws -> [AuditFinding] {
        try Self.proofs.flatMap { proof in
            try String.fetchAll(transaction.database, sql: proof.query + " LIMIT 100").map {
                AuditFinding(proof: proof.name, detail: $0)
            }
        }
    }

    private static let proofs: [(name: String, query: String)] = [
        (
            "every entry balances",
            """
            SELECT 'entry ' || entry_id || ' is off by ' || SUM(amount) FROM posting GROUP BY entry_id HAVING SUM(amount) <> 0
            """
        ),
        (
            "no payment rests in a passing state",
            "SELECT 'payment ' || id || ' is ' || state FROM payment WHERE state IN ('received', 'accepted', 'allocated')"
        ),
        (
            "a held or rejected payment has no entries",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has entries' FROM payment
            WHERE state IN ('held', 'rejected') AND EXISTS (SELECT 1 FROM entry WHERE payment_id = payment.id)
            """
        ),
        (
            "every accepted payment came into a wallet once",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has ' || COALESCE(SUM(posting.amount), 0) || ' in its wallet'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account LIKE 'wallet:%'
            WHERE state IN ('suspense', 'token_pending', 'completed') GROUP BY payment.id
            HAVING COALESCE(SUM(posting.amount), 0) <> payment.amount
            """
        ),
        (
            "suspense holds exactly the payments in suspense",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' with ' || -COALESCE(SUM(posting.amount), 0) || ' in suspense'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account = 'suspense'
            GROUP BY payment.id
            HAVING -COALESCE(SUM(posting.amount), 0) <> CASE state WHEN 'suspense' THEN payment.amount ELSE 0 END
            """
        ),
        (
            "every used payment is fully used",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has allocations of ' || COALESCE(SUM(allocation.amount), 0)
            FROM payment LEFT JOIN allocation ON payment_id = payment.id WHERE state IN ('token_pending', 'completed')
            GROUP BY payment.id HAVING COALESCE(SUM(allocation.amount), 0) <> payment.amount
            """
        ),
        (
            "only a used payment has allocations",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has allocations' FROM payment
            WHERE state NOT IN ('token_pending', 'completed', 'reversed')
            AND EXISTS (SELECT 1 FROM allocation WHERE payment_id = payment.id)
            """
        ),
        (
            "every instalment equals its history",
            """
            SELECT 'instalment ' || instalment.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM instalment LEFT JOIN allocation ON instalment_id = instalment.id
            GROUP BY instalment.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """
        ),
        (
            "every access-rate debt equals its history",
            """
            SELECT 'access debt ' || access_debt.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM access_debt LEFT JOIN allocation ON access_debt_id = access_debt.id
            GROUP BY access_debt.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """
        ),
        (
            "every token carries what its payment bought",
            """
            SELECT 'token ' || token.id || ' of payment ' || token.payment_id || ' carries ' || token.energy FROM token
            WHERE payment_id IS NOT NULL AND energy <>
            (SELECT COALESCE(SUM(energy), 0) FROM allocation WHERE allocation.payment_id = token.payment_id)
            """
        ),
        (
            "every completed purchase has its token",
            """
            SELECT 'payment ' || payment.id || ' bought energy or days and has no token' FROM payment
            WHERE state = 'completed' AND EXISTS (SELECT 1 FROM allocation WHERE payment_id = payment.id AND (energy > 0 OR days > 0))
            AND NOT EXISTS (SELECT 1 FROM token WHERE token.payment_id = payment.id)
            """
        ),
        (
            "every token was queued for somebody",
            """
            SELECT 'token ' || token.id || ' was never queued' FROM token WHERE payment_id IS NOT NULL
            AND EXISTS (SELECT 1 FROM customer_phone JOIN device ON device.customer_id = customer_phone.customer_id
            WHERE device.id = token.device_id)
            AND NOT EXISTS (SELECT 1 FROM outbox_message WHERE outbox_message.payment_id = token.payment_id AND class = 0)
            """
        ),
        (
            "no meter's token is newer than its counter",
            """
            SELECT 'token ' || token.id || ' has a TID above the counter of device ' || device.id FROM token
            JOIN device ON device.id = device_id WHERE tid IS NOT NULL AND (last_tid IS NULL OR tid > last_tid)
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
            "every credited message has its payment",
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
