import Domain
import GRDB

/// Converts facts that earlier versions recognised by their wording into codes and references.
extension Schema {
    static func typeFacts(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE inbox_message ADD COLUMN unreadable_location INTEGER;
                CREATE UNIQUE INDEX inbox_message_unreadable ON inbox_message (modem, unreadable_location);
                ALTER TABLE outbox_message ADD COLUMN token_id INTEGER REFERENCES token (id);
                CREATE INDEX outbox_message_by_token ON outbox_message (token_id) WHERE token_id IS NOT NULL;
                """)
        try typeHoldReasons(database)
        try typeUnreadableLocations(database)
        try referToTokens(database)
    }

    private static func typeHoldReasons(_ database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT id, reasons FROM payment WHERE reasons IS NOT NULL")
        for row in rows {
            let sentences = (row["reasons"] as String).split(separator: "\n").map(String.init)
            try database.execute(
                sql: "UPDATE payment SET reasons = ? WHERE id = ?",
                arguments: [try StoredHoldReasons.text(sentences.map(holdReason)), row["id"] as Int64])
        }
    }

    /// Only reasons without facts become codes. All others keep their wording.
    private static func holdReason(_ sentence: String) -> HoldReason {
        switch sentence {
        case "nothing proves it, and it is beyond what may be credited without proof",
            "the wallet's balance does not follow from what it was known to hold":
            .beyondBudget
        case "it came from an SMSC that never spoke for its wallet before, and nothing else proves it": .newSMSC
        case "parts of the text are missing": .missingParts
        case "the wallet's new balance is below the amount": .balanceBelowAmount
        case "a reversal of another amount came before it": .reversalOfAnotherAmount
        case "a reversal of it came, which nothing proves": .unprovenReversal
        case "the text has no transaction id of the provider's shape": .noTransactionID
        case "the device has no owner": .deviceWithoutOwner
        case "the meter has no tariff, or a price of zero": .meterWithoutTariff
        default: .note(sentence)
        }
    }

    private static func typeUnreadableLocations(_ database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql:
                "SELECT id, modem, note FROM inbox_message WHERE originator = '' AND state = 'failed' AND note LIKE 'the message at place %'"
        )
        for row in rows {
            guard let location = (row["note"] as String).split(separator: " ").dropFirst(4).first.flatMap({ Int($0) })
            else { continue }
            try database.execute(
                sql: "UPDATE OR IGNORE inbox_message SET unreadable_location = ? WHERE id = ?",
                arguments: [location, row["id"] as Int64])
        }
    }

    /// Links a token message to the token of its payment if the body contains the token's first code.
    private static func referToTokens(_ database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT outbox_message.id, token.id AS token, token.digits, body FROM outbox_message
                JOIN token ON token.payment_id = outbox_message.payment_id WHERE class = 0 AND digits <> ''
                """)
        var found: [(message: Int64, token: Int64)] = []
        while let row = try rows.next() {
            let code = (row["digits"] as String).prefix { $0 != " " }
            let digits = (row["body"] as String).filter { $0.isASCII && $0.isNumber }
            if !code.isEmpty, digits.contains(code) { found.append((row["id"], row["token"])) }
        }
        for (message, token) in found {
            try database.execute(
                sql: "UPDATE outbox_message SET token_id = ? WHERE id = ?", arguments: [token, message])
        }
    }
}
