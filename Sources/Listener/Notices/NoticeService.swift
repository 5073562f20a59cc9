import Domain
import Gateway
import Logging
import Store

/// Answers the requests of one driver.
struct NoticeService: CallService {
    let route: NoticeRoute
    let desk: NoticeDesk
    let logger: Logger

    var rule: CallerRule { route.rule }

    /// - Throws: `CallFault` if the request does not count.
    func answer(_ call: Call, at now: Timestamp) async throws(CallFault) -> Reply {
        let driver = route.driver
        let request = try driver.read(call, at: now)
        do {
            return driver.answer(request, try await result(of: request))
        } catch {
            logger.error(
                "A payment notice could not be handled; the provider is asked to repeat it.",
                metadata: ["driver": "\(driver.kind.rawValue)", "reason": "\(error)"])
            return driver.answer(request, .busy)
        }
    }

    private func result(of request: NoticeRequest) async throws -> NoticeResult {
        switch request {
        case .pay(let notice, let evidence):
            // In a task of its own, so that a client that disconnects does not cancel it.
            .decided(
                try await Task {
                    try await desk.take(notice, evidence: evidence, wantsReport: wantsReport)
                }.value)
        case .look(let notice): .looked(try await desk.look(notice))
        case .enquire(let id): .known(try await desk.decision(route.driver.kind.rawValue, id))
        case .nothing: .nothing
        }
    }

    private var wantsReport: Bool { route.driver.kind.reports && route.driver.settings.reportURL != nil }
}
