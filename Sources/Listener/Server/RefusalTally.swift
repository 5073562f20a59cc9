import Domain
import Gateway
import Logging
import NIOConcurrencyHelpers
import Store

/// Counts the refused requests, and tells staff of the first on a day and of each tenfold. Nothing else of them is kept.
final class RefusalTally: Sendable {
    private struct Key: Hashable {
        let route: String
        let reason: CallFault
    }

    /// A flood costs one transaction in this time.
    private static let pause = Duration.seconds(1)

    private let steps: StepRunner
    private let logger: Logger
    private let counts = NIOLockedValueBox<[Key: Int]>([:])

    init(_ steps: StepRunner, logger: Logger) {
        self.steps = steps
        self.logger = logger
    }

    func add(_ route: String, _ reason: CallFault) {
        let isFirst = counts.withLockedValue { counts in
            defer { counts[Key(route: route, reason: reason), default: 0] += 1 }
            return counts.isEmpty
        }
        guard isFirst else { return }
        Task {
            try? await Task.sleep(for: Self.pause)
            await write()
        }
    }

    private func write() async {
        let counted = counts.withLockedValue { counts in
            defer { counts = [:] }
            return counts
        }
        for (key, number) in counted {
            logger.warning(
                "Requests to the listener were refused.",
                metadata: ["route": "\(key.route)", "reason": "\(key.reason.rawValue)", "count": "\(number)"])
        }
        try? await steps.perform { step in
            for (key, number) in counted {
                let (before, now) = try step.notices.countRefused(
                    number, key.route, key.reason.rawValue, on: step.today, at: step.now)
                // Anybody can try addresses that do not exist.
                guard key.reason != .unknownRoute, Self.isNews(before, now) else { continue }
                try step.alert(
                    .notice,
                    ["text": "\(key.route): \(now) requests refused today (\(key.reason.rawValue)); see the log"])
            }
        }
    }

    private static func isNews(_ before: Int, _ now: Int) -> Bool {
        var mark = 1
        while mark <= now {
            if before < mark { return true }
            mark *= 10
        }
        return false
    }
}
