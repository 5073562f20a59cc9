import Domain

/// Instalments, access rates, service plans and credit.
extension AuditProofs {
    static let ofDebts = [
        AuditProof(
            "every instalment's paid amount equals its allocations",
            """
            SELECT 'instalment ' || instalment.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM instalment LEFT JOIN allocation ON instalment_id = instalment.id
            GROUP BY instalment.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """),
        AuditProof(
            "every access-rate debt's paid amount equals its allocations",
            """
            SELECT 'access debt ' || access_debt.id || ' says ' || paid || ' and was paid ' || COALESCE(SUM(allocation.amount), 0)
            FROM access_debt LEFT JOIN allocation ON access_debt_id = access_debt.id
            GROUP BY access_debt.id HAVING paid <> COALESCE(SUM(allocation.amount), 0)
            """),
        AuditProof(
            "every open sale's price equals its down payment plus its instalments",
            """
            SELECT 'sale ' || sale.id || ' of ' || price || ' has ' || (down_payment + COALESCE(SUM(CASE WHEN is_replaced THEN paid ELSE cost END), 0))
            FROM sale LEFT JOIN instalment ON sale_id = sale.id WHERE state = 'open'
            GROUP BY sale.id HAVING price <> down_payment + COALESCE(SUM(CASE WHEN is_replaced THEN paid ELSE cost END), 0)
            """),
        AuditProof(
            "every customer's instalment debt equals the ledger",
            """
            WITH owed AS (SELECT customer_id, SUM(cost - paid) AS open FROM sale JOIN instalment ON sale_id = sale.id
            WHERE is_replaced = 0 GROUP BY customer_id),
            booked AS (SELECT customer_id, SUM(amount) AS open FROM posting WHERE account = 'instalments' GROUP BY customer_id)
            SELECT 'customer ' || customer.id || ' owes ' || COALESCE(owed.open, 0) || ' and the books say ' || COALESCE(booked.open, 0)
            FROM customer LEFT JOIN owed ON owed.customer_id = customer.id LEFT JOIN booked ON booked.customer_id = customer.id
            WHERE COALESCE(owed.open, 0) <> COALESCE(booked.open, 0)
            """),
        AuditProof(
            "every customer's access-rate debt equals the ledger",
            """
            WITH owed AS (SELECT customer_id, SUM(amount - paid) AS open FROM access_debt JOIN device ON device.id = device_id
            GROUP BY customer_id),
            booked AS (SELECT customer_id, SUM(amount) AS open FROM posting WHERE account = 'access_rates' GROUP BY customer_id)
            SELECT 'customer ' || customer.id || ' owes ' || COALESCE(owed.open, 0) || ' and the books say ' || COALESCE(booked.open, 0)
            FROM customer LEFT JOIN owed ON owed.customer_id = customer.id LEFT JOIN booked ON booked.customer_id = customer.id
            WHERE COALESCE(owed.open, 0) <> COALESCE(booked.open, 0)
            """),
        AuditProof(
            "every plan's granted days equal its allocations",
            """
            SELECT 'sale ' || sale.id || ' granted ' || days_granted || ' days and sold ' || COALESCE(SUM(allocation.days), 0)
            FROM sale LEFT JOIN instalment ON sale_id = sale.id LEFT JOIN allocation ON instalment_id = instalment.id
            GROUP BY sale.id HAVING days_granted <> COALESCE(SUM(allocation.days), 0)
            """),
        AuditProof(
            "every service plan's paid amount and days equal its allocations",
            """
            SELECT 'service plan ' || service_plan.id || ' says ' || paid || ' and ' || days_granted || ' days' FROM service_plan
            LEFT JOIN allocation ON service_plan_id = service_plan.id GROUP BY service_plan.id
            HAVING paid <> COALESCE(SUM(allocation.amount), 0) OR days_granted <> COALESCE(SUM(allocation.days), 0)
            """),
        AuditProof(
            "no customer's credit is negative",
            """
            SELECT 'customer ' || customer_id || ' has credit ' || -SUM(amount) FROM posting WHERE account = 'credit'
            GROUP BY customer_id HAVING SUM(amount) > 0
            """),
    ]
}
