import Foundation

/// The source of the current time. Tests supply their own.
package protocol WallClock: Sendable {
    var now: Timestamp { get }
}
