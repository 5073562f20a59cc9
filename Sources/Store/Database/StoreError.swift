import Domain
import GRDB

/// A step that would break the books. The whole transaction is undone.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case handledTwice(InboxMessageID)
    case wrongState(PaymentID, from: PaymentState, to: PaymentState)
    case unbalanced(memo: String)
    case tooMuchPaid
    case unknownCategory(String)
    /// A stored value that this version does not know; `audit` names all of them.
    case unknownValue(String, column: String, row: Int64)
    /// The disk is full, broken or away: the step may be tried again.
    case unavailable(String)

    /// Whether an error, of this kind or SQLite's own, says nothing about the step: the disk is full, broken or away.
    package static func isTrouble(_ error: any Error) -> Bool {
        if case .unavailable = error as? StoreError { return true }
        return (error as? DatabaseError).map { troubles.contains($0.resultCode) } ?? false
    }

    /// Errors of the disk or the machine.
    static let troubles: [ResultCode] = [
        .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_NOMEM,
        .SQLITE_CORRUPT,
    ]

    package var description: String {
        switch self {
        case .handledTwice(let id): "message \(id) was handled already"
        case .wrongState(let id, let from, let to):
            "payment \(id) is \(from.rawValue) and cannot become \(to.rawValue)"
        case .unbalanced(let memo): "the entry '\(memo)' does not balance"
        case .unavailable(let reason): "the database cannot be written: \(reason)"
        case .unknownCategory(let name): "there is no category '\(name)'"
        case .unknownValue(let value, let column, let row):
            "\(column) of row \(row) is '\(value)', which this version does not know; 'gridpost audit' names all such values"
        case .tooMuchPaid: "more would be paid on a debt than is owed"
        }
    }
}
