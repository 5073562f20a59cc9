import Foundation

/// The machine's clock.
package struct SystemClock: WallClock {
    package init() {}
    package var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
