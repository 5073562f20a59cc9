import Gateway
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

    /// - Throws: `NoticeFault` if the request does not count.
    func answer(_ call: Call) async throws(NoticeFault) -> Reply {
        let reading = try USSDReading(call, route.aggregator)
        do {
            // In a task of its own, so that a client that disconnects does not cancel it.
            let screen = try await Task { try await desk.take(reading.request) }.value
            return reading.reply(screen)
        } catch {
            return reading.reply(MenuScreen("Sorry, please try again in a moment.", isOpen: false))
        }
    }
}
