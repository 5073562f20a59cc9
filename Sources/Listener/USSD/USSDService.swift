import Domain
import Gateway
import Logging
import Messages

/// Answers the requests of one aggregator.
struct USSDService: CallService {
    let route: USSDRoute
    let desk: USSDDesk
    let logger: Logger

    var rule: CallerRule { route.rule }

    /// - Throws: `CallFault` if the request does not count.
    func answer(_ call: Call, at now: Timestamp) async throws(CallFault) -> Reply {
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
