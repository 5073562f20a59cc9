/// The body of a change that requires a reason.
package struct StatedReasonBody: Codable, Sendable {
    package var reason: String
    package init(reason: String) { self.reason = reason }
}
