/// What a reply says about an earlier report.
package enum TicketReply: String, Codable, Sendable {
    case fixed
    case stillBroken = "still_broken"
}
