import Domain
import Foundation
import Gateway
import Logging
import ServiceLifecycle
import Store
import Tokens
import Workers

/// Reports decisions to the providers that want a report after their notice was answered, until they take it.
package struct NoticeReports: Service {
    /// The pauses before a report is sent again; after the last one staff are told.
    private static let pauses: [Duration] = [
        .seconds(5), .seconds(15), .seconds(60), .seconds(300), .seconds(900), .seconds(3_600), .seconds(3 * 3_600),
        .seconds(6 * 3_600), .seconds(12 * 3_600), .seconds(24 * 3_600),
    ]

    private let steps: StepRunner
    private let drivers: [String: any NoticeDriver]
    private let exchange: any VendorExchange
    private let logger: Logger
    private let loop: WorkLoop

    package init(_ gateway: Gateway, _ routes: [NoticeRoute], exchange: any VendorExchange) {
        steps = gateway.steps
        drivers = Dictionary(
            routes.map { ($0.driver.kind.rawValue, $0.driver) }, uniquingKeysWith: { first, _ in first })
        self.exchange = exchange
        logger = gateway.logger
        loop = WorkLoop(gateway.store.signals.signal(for: .notices))
    }

    package func run() async throws {
        await loop.run {
            try await work()
        } failed: { error in
            logger.error("Reports to wallets cannot be sent.", metadata: ["reason": "\(error)"])
            return .seconds(5)
        }
    }

    /// Sends the due reports, and returns the time until the next one is due.
    private func work() async throws -> Duration? {
        let due = try await steps.read { try $0.notices.reportsDue(at: $0.now, limit: 10) }
        // One provider that does not answer must not delay the others.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for notice in due where !loop.isStopping { group.addTask { try await report(notice) } }
            try await group.waitForAll()
        }
        if loop.isStopping { return nil }
        if !due.isEmpty { return .zero }
        return try await steps.read { step in try step.notices.nextReport().map { max($0.since(step.now), .zero) } }
    }

    private func report(_ notice: StoredNotice) async throws {
        guard let driver = drivers[notice.driver], let report = driver.report(notice, at: steps.clock.now) else {
            return try await steps.perform { try $0.notices.noteReport(notice.number, .done, next: nil) }
        }
        let isTaken: Bool
        do {
            let answer = try await exchange.run(
                VendorRequest(
                    address: report.url, type: report.type, body: Data(report.body.utf8), timeout: 20,
                    longestAnswer: 16_384))
            isTaken = (200..<300).contains(answer.status) && driver.isTaken(Array(answer.body))
        } catch {
            isTaken = false
        }
        try await steps.perform { step in
            guard !isTaken else { return try step.notices.noteReport(notice.number, .done, next: nil) }
            guard notice.attempts < Self.pauses.count else {
                try step.notices.noteReport(notice.number, .failed, next: nil)
                return try step.alert(
                    .notice,
                    [
                        "text":
                            "\(notice.driver) does not take the result of its notice \(notice.id.excerpt(40)); tell the provider by hand"
                    ])
            }
            try step.notices.noteReport(
                notice.number, .due, next: step.now.adding(Self.pauses[notice.attempts]))
        }
    }
}
