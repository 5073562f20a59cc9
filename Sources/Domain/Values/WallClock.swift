import Foundation

/// The one source of the time of day. Tests bring their own.
package protocol WallClock: Sendable {
    var now: Timestamp { get }
}
