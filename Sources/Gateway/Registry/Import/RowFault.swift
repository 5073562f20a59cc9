import Store

/// Why a row is rejected.
struct RowFault: Error, Hashable {
    let reason: String
    /// The database failed, so the row is not to blame.
    var isTrouble = false

    init(_ reason: String) { self.reason = reason }

    /// Wraps an error thrown by a database operation.
    init(storing error: any Error) {
        reason = "cannot be stored: \(error)"
        isTrouble = StoreError.isTrouble(error)
    }
}
