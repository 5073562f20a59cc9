import GRDB
import Workers
import Domain

/// Sending: the states of a message from the queue to the network, and the sending limits of modems.
extension OutboxRecords {
    /// Assigns a message to a modem for sending.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func begin(_ id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE outbox_message SET state = 'sending', modem = ?, updated_at = ? WHERE id = ?",
            [modem, now.milliseconds, id.number])
    }

    /// Records that a part is about to be sent, so that after a crash its outcome counts as unknown and not as unsent.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func beginPart(_ number: Int, of id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try setPart(number, of: id, .sending)
        try transaction.run(
            "UPDATE outbox_part SET modem = ?, sent_at = ? WHERE message_id = ? AND number = ?",
            [modem, now.milliseconds, id.number, number])
    }

    /// Records that the network accepted a part. `reference`: the TP-Message-Reference for its delivery report.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func partAccepted(_ number: Int, of id: OutboxMessageID, reference: Int, at now: Timestamp) throws {
        try setPart(number, of: id, .sent)
        try transaction.run(
            "UPDATE outbox_part SET reference = ? WHERE message_id = ? AND number = ?",
            [reference, id.number, number])
    }

    /// Sets the state of a part.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setPart(_ number: Int, of id: OutboxMessageID, _ state: PartState) throws {
        try transaction.run(
            "UPDATE outbox_part SET state = ? WHERE message_id = ? AND number = ?",
            [state.rawValue, id.number, number])
    }

    /// Resets all parts, to send the message again with a new concatenation reference.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func restart(_ id: OutboxMessageID) throws {
        try transaction.run(
            "UPDATE outbox_part SET state = 'waiting', reference = NULL WHERE message_id = ?",
            [id.number])
        try transaction.run(
            "UPDATE outbox_message SET reference = (reference + 1) % 256 WHERE id = ?",
            [id.number])
    }

    /// Sets the state of a message, and the time of its next attempt if it is queued again. A message whose state does not
    /// lead there keeps its state: a delivery report may have ended it in the meantime.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setState(
        _ state: OutboxState, of id: OutboxMessageID, error: String? = nil, retryAt: Timestamp? = nil,
        countsAttempt: Bool = false,
        at now: Timestamp
    ) throws {
        let before = OutboxState.allCases.filter { $0.next.contains(state) }.map { "'\($0.rawValue)'" }
        try transaction.run(
            """
            UPDATE outbox_message SET state = ?, error = ?, not_before = COALESCE(?, not_before), attempts = attempts + ?,
            updated_at = ? WHERE id = ? AND state IN (\(before.joined(separator: ", ")))
            """,
            [
                state.rawValue, error, retryAt?.milliseconds, countsAttempt ? 1 : 0, now.milliseconds, id.number,
            ])
        guard state == .queued else { return }
        try takeBackIfOver(id)
        transaction.wake(.outbox)
    }

    /// Cancels a broadcast message that was returned to the queue if its broadcast was cancelled or its phone opted out
    /// in the meantime.
    private func takeBackIfOver(_ id: OutboxMessageID) throws {
        try transaction.run(
            """
            UPDATE outbox_message SET state = 'cancelled' WHERE id = ? AND broadcast_id IS NOT NULL AND (
            EXISTS (SELECT 1 FROM broadcast WHERE broadcast.id = broadcast_id AND broadcast.state = 'cancelled')
            OR EXISTS (SELECT 1 FROM phone_choice WHERE phone = recipient AND opted_out_at IS NOT NULL))
            """,
            [id.number])
    }

    /// Records that the network accepted all parts. A result already reported for an earlier part is kept.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func finishSending(_ id: OutboxMessageID, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE outbox_message SET state = 'sent', error = NULL, updated_at = ? WHERE id = ? AND state = 'sending'",
            [now.milliseconds, id.number])
    }

    /// Expires the queued messages whose lifetime is over; returns their number.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func expire(at now: Timestamp) throws -> Int {
        try transaction.run(
            "UPDATE outbox_message SET state = 'expired', updated_at = ? WHERE state = 'queued' AND expires_at <= ?",
            [now.milliseconds, now.milliseconds])
        return database.changesCount
    }

    /// Messages that were being sent at a crash, and whether the outcome of a part is unknown.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func interrupted() throws -> [(message: OutboxMessage, isDoubtful: Bool)] {
        try messages("state = 'sending' ORDER BY id", []).map { message in
            let states = try self.parts(of: message.id).map(\.state)
            return (message, states.contains(.sending))
        }
    }

    // MARK: Limits

    /// The number of parts handed to a modem since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func partsSent(by modem: String, since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM outbox_part WHERE modem = ? AND sent_at >= ?",
            arguments: [modem, moment.milliseconds]) ?? 0
    }

    /// When the newest parts were handed to a modem, oldest first; at most `count`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func sendingTimes(by modem: String, newest count: Int) throws -> [Timestamp] {
        try transaction.rows(
            "SELECT sent_at FROM outbox_part WHERE modem = ? AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT ?",
            [modem, count]
        ).map { Timestamp(milliseconds: $0[0]) }.reversed()
    }

    /// The number of automatic replies queued since `moment`, except replies about danger, whose keys begin with
    /// `danger/`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func automaticAnswers(since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) FROM outbox_message WHERE is_automatic = 1 AND created_at >= ?
                AND dedupe_key NOT LIKE 'danger/%'
                """, arguments: [moment.milliseconds]) ?? 0
    }

    /// The number of automatic token messages of a payment since `moment`, or of all such messages to a phone,
    /// whichever is greater.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func tokensAgain(of payment: PaymentID, to phone: PhoneNumber, since moment: Timestamp) throws -> Int {
        let counts = try ["payment_id = ?", "recipient = ?"].map { condition in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) FROM outbox_message WHERE \(condition) AND is_automatic = 1 AND payment_id IS NOT NULL
                    AND created_at >= ?
                    """,
                arguments: [
                    condition.hasPrefix("payment") ? payment.number.databaseValue : phone.e164.databaseValue,
                    moment.milliseconds,
                ]) ?? 0
        }
        return counts.max() ?? 0
    }

    /// Whether the network accepted a message with a dedupe key below `prefix` and a slash.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func isTaken(keysUnder prefix: String) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM outbox_message WHERE dedupe_key >= ? AND dedupe_key < ?
                AND state IN ('sent', 'delivered'))
                """, arguments: [prefix + "/", prefix + "0"]) ?? false
    }

    /// The texts of the automatic replies queued for a phone since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func answers(to phone: PhoneNumber, since moment: Timestamp) throws -> [String] {
        try String.fetchAll(
            database,
            sql: "SELECT body FROM outbox_message WHERE recipient = ? AND created_at >= ? AND is_automatic = 1",
            arguments: [phone.e164, moment.milliseconds])
    }
}
