/// The extent of an outage according to its reporter.
package enum OutageScope: String, Codable, Sendable {
    case area, single
}
