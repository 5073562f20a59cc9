import Domain

/// Tokens and their requests to vendors.
extension AuditProofs {
    static let ofTokens = [
        AuditProof(
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
            """),
        AuditProof(
            "every token's energy and days equal its payment's allocations",
            """
            SELECT 'token ' || token.id || ' of payment ' || token.payment_id || ' carries ' || token.energy || ' and ' || token.days || ' days'
            FROM token JOIN payment ON payment.id = token.payment_id
            LEFT JOIN allocation ON allocation.payment_id = payment.id AND use_number = times_undone
            LEFT JOIN instalment ON instalment.id = instalment_id LEFT JOIN sale ON sale.id = sale_id
            WHERE undone_at IS NULL GROUP BY token.id
            HAVING token.energy <> COALESCE(SUM(allocation.energy), 0) OR token.days <> COALESCE(
            SUM(CASE WHEN sale.id IS NULL OR sale.device_id = token.device_id THEN allocation.days ELSE 0 END), 0)
            """),
        AuditProof(
            "every completed purchase has a token",
            """
            SELECT 'payment ' || payment.id || ' bought energy or days and has no token' FROM payment
            JOIN allocation ON allocation.payment_id = payment.id AND use_number = times_undone
            LEFT JOIN instalment ON instalment.id = instalment_id LEFT JOIN sale ON sale.id = sale_id
            WHERE payment.state = 'completed'
            AND NOT EXISTS (SELECT 1 FROM token WHERE token.payment_id = payment.id AND undone_at IS NULL)
            AND (sale.id IS NULL OR sale.device_id = payment.device_id)
            GROUP BY payment.id HAVING SUM(energy) > 0 OR SUM(days) > 0
            """),
        AuditProof(
            "a payment is token_pending exactly while its token request to a vendor is open",
            """
            SELECT 'payment ' || payment.id || ' is ' || payment.state || ' and its request ' || COALESCE(token_request.state, 'none')
            FROM payment LEFT JOIN token_request
            ON payment_id = payment.id AND token_request.state <> 'cancelled' AND is_beside = 0
            WHERE (payment.state = 'token_pending') <> COALESCE(token_request.state NOT IN ('done', 'cancelled'), 0)
            """),
        AuditProof(
            "every token of a payment was queued for the customer",
            """
            SELECT 'token ' || token.id || ' was never queued' FROM token
            WHERE payment_id IS NOT NULL AND undone_at IS NULL AND digits <> ''
            AND EXISTS (SELECT 1 FROM customer_phone JOIN device ON device.customer_id = customer_phone.customer_id
            WHERE device.id = token.device_id)
            AND NOT EXISTS (SELECT 1 FROM outbox_message WHERE outbox_message.payment_id = token.payment_id AND class = 0)
            """),
        AuditProof(
            "no token's identifier is above its device's counter",
            """
            SELECT 'token ' || token.id || ' is above the counter of device ' || device.id FROM token
            JOIN device ON device.id = device_id WHERE tid > CASE WHEN token.base_date = 0 THEN COALESCE(paygo_count, -1)
            WHEN token.base_date = device.base_date THEN COALESCE(last_tid, -1) ELSE tid END
            """),
    ]
}
