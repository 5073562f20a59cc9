import Domain
import Logging
import ModemLink
import ServiceLifecycle
import Store
import Tokens
import Workers

/// Asks makers' services for the tokens that wait: one line for each maker, so that a slow one holds no other up.
package final class VendorTokenWorker: Service {
    private let clock: any WallClock
    private let issuer: TokenIssuer
    private let logger: Logger
    private let steps: StepRunner
    private let requests: VendorTokenFlow
    /// One for each vendor.
    private let loops: [String: WorkLoop]

    package init(_ gateway: Gateway) {
        clock = gateway.clock
        issuer = gateway.issuer
        logger = gateway.logger
        steps = gateway.steps
        requests = VendorTokenFlow(gateway)
        loops = Dictionary(
            uniqueKeysWithValues: gateway.issuer.vendors.keys.map {
                ($0, WorkLoop(gateway.store.signals.signal(for: .vendor($0))))
            })
    }

    /// What was on the wire when the daemon ended is in doubt. Before anything is asked anew.
    package func recover() async throws {
        let (requests, now) = (requests, clock.now)
        try await steps.perform(at: now) { try requests.recover($0) }
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for (vendor, loop) in loops { group.addTask { await self.serve(vendor, loop) } }
            if loops.isEmpty { group.addTask { try? await gracefulShutdown() } }
        }
    }

    private func serve(_ vendor: String, _ loop: WorkLoop) async {
        await loop.run {
            if try await self.askNext(vendor) { return .zero }
            let now = self.clock.now
            let next = try await self.steps.read { try $0.vendorTokens.nextTime(of: vendor) }
            guard let next else { return .seconds(30) }
            // What is due and was not taken waits for a clock that can be believed.
            return next > now ? min(.seconds(30), max(.milliseconds(100), next.since(now))) : .seconds(5)
        } failed: {
            self.logger.error(
                "Tokens cannot be asked for now.", metadata: ["vendor": "\(vendor)", "reason": "\($0)"])
            return .seconds(30)
        }
    }

    /// Asks for one token; `false` when none waits.
    package func askNext(_ vendor: String) async throws -> Bool {
        guard let service = issuer.vendors[vendor] else { return false }
        let requests = requests
        // Not on a task that is cancelled: an answer that is on its way is kept.
        return try await Task {
            let now = clock.now
            guard
                let (request, order, isInquiry) = try await steps.perform(
                    at: now, { try requests.claim(vendor, $0) })
            else { return false }
            let result: Result<VendorDelivery?, VendorFailure>
            do throws(VendorFailure) {
                result = .success(isInquiry ? try await service.outcome(of: order) : try await service.issue(order))
            } catch {
                result = .failure(error)
            }
            logger.info(
                "A maker was asked for a token.",
                metadata: [
                    "payment.id": "\(request.payment)", "vendor": "\(vendor)", "attempt": "\(request.attempts)",
                    "result": "\(result.failure.map(String.init(describing:)) ?? "made")",
                ])
            try await self.keep(result, of: request.id, isInquiry: isInquiry)
            return true
        }.value
    }
}

extension VendorTokenWorker {
    /// Keeps an answer, however long the disk is full: it is the only one that there will be.
    private func keep(
        _ result: Result<VendorDelivery?, VendorFailure>, of id: VendorTokenID, isInquiry: Bool
    ) async throws {
        let requests = requests
        while true {
            let now = clock.now
            do {
                return try await steps.perform(at: now) {
                    try requests.settle(id, result, isInquiry: isInquiry, $0)
                }
            } catch StoreError.unavailable(let reason) where loops.values.contains(where: { !$0.isStopping }) {
                logger.critical(
                    "A maker's answer cannot be kept yet.", metadata: ["request.id": "\(id)", "reason": "\(reason)"])
                try await Task.sleep(for: .seconds(5))
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
