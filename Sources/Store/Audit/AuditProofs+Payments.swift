/// Payments, their entries in the ledger, and the messages that they come from.
extension AuditProofs {
    static let ofPayments = [
        AuditProof(
            "every entry balances",
            """
            SELECT 'entry ' || entry_id || ' is off by ' || SUM(amount) FROM posting GROUP BY entry_id HAVING SUM(amount) <> 0
            """),
        AuditProof(
            "no payment is in a transient state",
            """
            SELECT 'payment ' || id || ' is ' || state FROM payment
            WHERE state IN ('accepted', 'allocated') OR (state = 'received') <> (wait_until IS NOT NULL)
            """),
        AuditProof(
            "held and rejected payments have no ledger entries",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has entries' FROM payment
            WHERE state IN ('held', 'rejected') AND EXISTS (SELECT 1 FROM entry WHERE payment_id = payment.id)
            """),
        AuditProof(
            "every accepted payment is booked to a wallet once",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has ' || COALESCE(SUM(posting.amount), 0) || ' in its wallet'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account LIKE 'wallet:%' GROUP BY payment.id
            HAVING COALESCE(SUM(posting.amount), 0) <> CASE
            WHEN state IN ('suspense', 'token_pending', 'completed', 'refunded') THEN payment.amount ELSE 0 END
            """),
        AuditProof(
            "the suspense account equals the payments in suspense",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' with ' || -COALESCE(SUM(posting.amount), 0) || ' in suspense'
            FROM payment LEFT JOIN entry ON entry.payment_id = payment.id
            LEFT JOIN posting ON posting.entry_id = entry.id AND posting.account = 'suspense'
            GROUP BY payment.id
            HAVING -COALESCE(SUM(posting.amount), 0) <> CASE state WHEN 'suspense' THEN payment.amount ELSE 0 END
            """),
        AuditProof(
            "every allocated payment is fully allocated",
            """
            SELECT 'payment ' || payment.id || ' of ' || payment.amount || ' has allocations of ' || COALESCE(SUM(allocation.amount), 0)
            FROM payment LEFT JOIN allocation ON payment_id = payment.id WHERE state IN ('token_pending', 'completed')
            GROUP BY payment.id HAVING COALESCE(SUM(allocation.amount), 0) <> payment.amount
            """),
        AuditProof(
            "a payment in any other state has no allocations, or all were undone",
            """
            SELECT 'payment ' || payment.id || ' is ' || state || ' and has allocations of ' || SUM(allocation.amount)
            FROM payment JOIN allocation ON payment_id = payment.id WHERE state NOT IN ('token_pending', 'completed')
            GROUP BY payment.id HAVING SUM(allocation.amount) <> 0
            """),
        AuditProof(
            "every message handled as a credit has a payment",
            """
            SELECT 'message ' || id || ' was read as credit and has no payment' FROM inbox_message
            WHERE disposition = 'credit' AND state = 'handled'
            AND NOT EXISTS (SELECT 1 FROM payment WHERE inbox_message_id = inbox_message.id)
            AND NOT EXISTS (SELECT 1 FROM payment_sighting WHERE inbox_message_id = inbox_message.id)
            """),
    ]
}
