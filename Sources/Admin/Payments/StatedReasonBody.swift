/// Where a reason must be given, for the record.
package struct StatedReasonBody: Codable, Sendable {
    package var reason: String
    package init(reason: String) { self.reason = reason }
}
