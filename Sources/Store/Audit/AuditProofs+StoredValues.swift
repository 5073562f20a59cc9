import Domain

/// Values that this version knows.
extension AuditProofs {
    static let ofStoredValues = [
        AuditProof(
            "every stored value is known to this version",
            [
                unknownValues("payment", "state", PaymentState.self), unknownHoldReasons,
                unknownValues("allocation", "kind", Allocation.Kind.self),
                unknownValues("inbox_message", "state", InboxState.self),
                unknownValues("inbox_message", "disposition", Disposition.self),
                unknownValues("outbox_message", "state", OutboxState.self),
                unknownValues("outbox_message", "class", MessageClass.self),
                unknownValues("outbox_part", "state", key: "message_id", PartState.self),
                unknownValues("outbox_attempt", "outcome", SendAttempt.Outcome.self),
                unknownValues("payment_notice", "refusal", NoticeRefusal.self),
                unknownValues("payment_notice", "report", StoredNotice.Report.self),
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
            ].joined(separator: " UNION ALL "))
    ]

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
}
