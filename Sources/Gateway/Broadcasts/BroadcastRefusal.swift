/// Why a broadcast is refused, with all reasons.
package struct BroadcastRefusal: Error, Sendable, CustomStringConvertible {
    package let reasons: [String]
    package var description: String { reasons.joined(separator: "; ") }
}
