import Domain
import GRDB

/// What people did, and who they were.
package struct ActRecords {
    let transaction: Transaction

    /// Notes an act of the user `uid` (of the admin socket's peer).
    package func note(_ action: String, detail: String, uid: UInt32?, at now: Timestamp) throws {
        try transaction.database.execute(
            sql: "INSERT INTO act (at, uid, action, detail) VALUES (?, ?, ?, ?)",
            arguments: [now.milliseconds, uid.map { Int64($0) }, action, detail])
    }
}

extension Transaction {
    package var acts: ActRecords { ActRecords(transaction: self) }
}
