import Domain
import Foundation

/// Rehearses items in a separate process.
package protocol Rehearsing: Sendable {
    /// Returns `false` if the process crashed or did not end in time.
    func passes(_ item: WorkItem) async -> Bool
}
