import CSV
import Domain
import Store
import StrictTOML

/// Why a row cannot be taken.
struct RowFault: Error, Hashable {
    let reason: String
    /// The database did not work: that is no row's fault.
    var isTrouble = false

    init(_ reason: String) { self.reason = reason }

    /// A step on the database failed.
    init(storing error: any Error) {
        reason = "cannot be stored: \(error)"
        isTrouble = StoreError.isTrouble(error)
    }
}
