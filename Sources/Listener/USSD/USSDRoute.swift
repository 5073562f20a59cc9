import Gateway
import Logging
import Messages

/// One aggregator with those who may call it.
package struct USSDRoute: Sendable {
    package var aggregator: USSDAggregator
    package var rule: CallerRule

    package init(aggregator: USSDAggregator, rule: CallerRule) {
        self.aggregator = aggregator
        self.rule = rule
    }
}

/// Answers the requests of one aggregator.
struct USSDService: Sendable {
    let route: USSDRoute
    let desk: USSDDesk
    let logger: Logger

    /// - Throws: `NoticeFault` if the request does not count.
    func answer(_ call: Call) async throws(NoticeFault) -> Reply {
        let reading = try USSDReading(call, route.aggregator)
        do {
            // In a task of its own, so that a client that disconnects does not cancel it.
            let screen = try await Task { try await desk.take(reading.request) }.value
            return reading.reply(screen)
        } catch {
            logger.error(
                "A USSD request could not be handled.",
                metadata: ["aggregator": "\(route.aggregator.name)", "reason": "\(error)"])
            return reading.reply(desk.later)
        }
    }
}
