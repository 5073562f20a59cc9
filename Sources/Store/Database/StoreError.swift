import Domain
import GRDB

/// An error of a transaction, which is rolled back.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The message is not waiting to be handled.
    case handledTwice(InboxMessageID)
    /// The payment's state does not allow the change.
    case wrongState(PaymentID, from: PaymentState, to: PaymentState)
    /// A payment of the provider with the same transaction id is stored.
    case knownPayment(provider: String)
    /// The postings of a ledger entry do not add up to 0.
    case unbalanced(memo: String)
    /// The paid amount of an instalment or access-rate debt would be negative or exceed its cost.
    case tooMuchPaid
    case unknownCategory(String)
    /// A stored value that is unknown to this version; the audit lists all of them.
    case unknownValue(String, column: String, row: Int64)
    /// The disk is full, faulty or missing, or the database is locked; the transaction may be retried.
    case unavailable(String)

    /// Whether an error is caused by the disk or the machine and not by the transaction itself.
    package static func isTrouble(_ error: any Error) -> Bool {
        if case .unavailable = error as? StoreError { return true }
        return (error as? DatabaseError).map { troubles.contains($0.resultCode) } ?? false
    }

    /// SQLite's result codes for errors of the disk or the machine.
    static let troubles: [ResultCode] = [
        .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_NOMEM,
        .SQLITE_CORRUPT,
    ]

    package var description: String {
        switch self {
        case .handledTwice(let id): "message \(id) has already been handled"
        case .wrongState(let id, let from, let to):
            "payment \(id) is \(from.rawValue) and cannot become \(to.rawValue)"
        case .knownPayment(let provider): "a payment of \(provider) with this transaction id is stored already"
        case .unbalanced(let memo): "the entry '\(memo)' does not balance"
        case .unavailable(let reason): "the database cannot be written: \(reason)"
        case .unknownCategory(let name): "there is no category '\(name)'"
        case .unknownValue(let value, let column, let row):
            "\(column) of row \(row) is '\(value)', which this version does not know; 'gridpost audit' lists all such values"
        case .tooMuchPaid: "the paid amount of a debt would be negative or exceed the debt"
        }
    }
}
