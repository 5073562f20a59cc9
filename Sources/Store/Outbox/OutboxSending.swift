import Domain
import GRDB
import Workers

/// The way of a message from the queue to the network, and what each modem was handed.
extension OutboxRecords {
    /// Takes a message in hand.
    package func begin(_ id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE outbox_message SET state = 'sending', modem = ?, updated_at = ? WHERE id = ?",
            arguments: [modem, now.milliseconds, id.number])
    }

    /// Says, before it is done, that a part is about to be sent: after a crash it is in doubt, and not unsent.
    package func beginPart(_ number: Int, of id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try setPart(number, of: id, .sending)
        try database.execute(
            sql: "UPDATE outbox_part SET modem = ?, sent_at = ? WHERE message_id = ? AND number = ?",
            arguments: [modem, now.milliseconds, id.number, number])
    }

    package func partAccepted(_ number: Int, of id: OutboxMessageID, reference: Int, at now: Timestamp) throws {
        try setPart(number, of: id, .sent)
        try database.execute(
            sql: "UPDATE outbox_part SET reference = ? WHERE message_id = ? AND number = ?",
            arguments: [reference, id.number, number])
    }

    package func setPart(_ number: Int, of id: OutboxMessageID, _ state: PartState) throws {
        try database.execute(
            sql: "UPDATE outbox_part SET state = ? WHERE message_id = ? AND number = ?",
            arguments: [state.rawValue, id.number, number])
    }

    /// Lets all parts be sent again, as a new message.
    package func restart(_ id: OutboxMessageID) throws {
        try database.execute(
            sql: "UPDATE outbox_part SET state = 'waiting', reference = NULL WHERE message_id = ?",
            arguments: [id.number])
        try database.execute(
            sql: "UPDATE outbox_message SET reference = (reference + 1) % 256 WHERE id = ?", arguments: [id.number])
    }

    /// Moves a message to a state, and later to its next try. A message whose state does not lead there stays as it is:
    /// a report may have ended it meanwhile.
    package func setState(
        _ state: OutboxState, of id: OutboxMessageID, error: String? = nil, retryAt: Timestamp? = nil,
        countsAttempt: Bool = false,
        at now: Timestamp
    ) throws {
        let before = OutboxState.allCases.filter { $0.next.contains(state) }.map { "'\($0.rawValue)'" }
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = ?, error = ?, not_before = COALESCE(?, not_before), attempts = attempts + ?,
                updated_at = ? WHERE id = ? AND state IN (\(before.joined(separator: ", ")))
                """,
            arguments: [
                state.rawValue, error, retryAt?.milliseconds, countsAttempt ? 1 : 0, now.milliseconds, id.number,
            ])
        guard state == .queued else { return }
        try takeBackIfOver(id)
        transaction.wake(.outbox)
    }

    /// A broadcast's message that comes back from a modem waits no more when its broadcast was cancelled or its phone opted
    /// out meanwhile.
    private func takeBackIfOver(_ id: OutboxMessageID) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = 'cancelled' WHERE id = ? AND broadcast_id IS NOT NULL AND (
                EXISTS (SELECT 1 FROM broadcast WHERE broadcast.id = broadcast_id AND broadcast.state = 'cancelled')
                OR EXISTS (SELECT 1 FROM phone_choice WHERE phone = recipient AND opted_out_at IS NOT NULL))
                """, arguments: [id.number])
    }

    /// All parts are with the network. What a report said of an earlier part meanwhile stays.
    package func finishSending(_ id: OutboxMessageID, at now: Timestamp) throws {
        try database.execute(
            sql:
                "UPDATE outbox_message SET state = 'sent', error = NULL, updated_at = ? WHERE id = ? AND state = 'sending'",
            arguments: [now.milliseconds, id.number])
    }

    /// Messages whose time is over while they waited.
    package func expire(at now: Timestamp) throws -> Int {
        try database.execute(
            sql:
                "UPDATE outbox_message SET state = 'expired', updated_at = ? WHERE state = 'queued' AND expires_at <= ?",
            arguments: [now.milliseconds, now.milliseconds])
        return database.changesCount
    }

    /// After a crash: messages that were in hand, and whether a part of them was on the air.
    package func interrupted() throws -> [(message: OutboxMessage, isDoubtful: Bool)] {
        try messages("state = 'sending' ORDER BY id", []).map { message in
            let states = try self.parts(of: message.id).map(\.state)
            return (message, states.contains(.sending))
        }
    }

    // MARK: Limits

    /// Parts handed to a modem since a moment.
    package func partsSent(by modem: String, since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM outbox_part WHERE modem = ? AND sent_at >= ?",
            arguments: [modem, moment.milliseconds]) ?? 0
    }

    /// The moment of the n-th newest part that a modem was handed, n from 1.
    package func sendingTime(by modem: String, newest: Int) throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql:
                "SELECT sent_at FROM outbox_part WHERE modem = ? AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1 OFFSET ?",
            arguments: [modem, newest - 1]
        ).map(Timestamp.init(milliseconds:))
    }

    /// Automatic answers queued since a moment, those about danger left out: see `dangerKey`.
    package func automaticAnswers(since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) FROM outbox_message WHERE is_automatic = 1 AND created_at >= ?
                AND dedupe_key NOT LIKE 'danger/%'
                """, arguments: [moment.milliseconds]) ?? 0
    }

    /// How often a payment's token was sent again on request since a moment, and how often any was to a phone: the
    /// greater of both.
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

    /// Whether the network took one of the messages whose keys begin so.
    package func isTaken(keysUnder prefix: String) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM outbox_message WHERE dedupe_key >= ? AND dedupe_key < ?
                AND state IN ('sent', 'delivered'))
                """, arguments: [prefix + "/", prefix + "0"]) ?? false
    }

    /// Automatic answers queued for a phone since a moment.
    package func answers(to phone: PhoneNumber, since moment: Timestamp) throws -> [String] {
        try String.fetchAll(
            database,
            sql: "SELECT body FROM outbox_message WHERE recipient = ? AND created_at >= ? AND is_automatic = 1",
            arguments: [phone.e164, moment.milliseconds])
    }
}
