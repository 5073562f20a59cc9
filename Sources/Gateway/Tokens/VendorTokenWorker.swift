import Domain
import Logging
import ServiceLifecycle
import Store
import Tokens
import Workers

/// Requests waiting tokens from the vendors, with one loop per vendor so that a slow vendor delays no other.
package final class VendorTokenWorker: Service {
    private let clock: any WallClock
    private let issuer: TokenIssuer
    private let logger: Logger
    private let steps: StepRunner
    private let requests: VendorTokenFlow
    /// One loop per vendor.
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

    /// Marks requests that were under way when the daemon stopped as in doubt. Called before any new request.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
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
            // Requests that are due but were not claimed wait for a plausible clock.
            return next > now ? min(.seconds(30), max(.milliseconds(100), next.since(now))) : .seconds(5)
        } failed: {
            self.logger.error(
                "Tokens cannot be requested now.", metadata: ["vendor": "\(vendor)", "reason": "\($0)"])
            return .seconds(30)
        }
    }

    /// Requests one token. Returns `false` if none is waiting.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func askNext(_ vendor: String) async throws -> Bool {
        guard let service = issuer.vendors[vendor] else { return false }
        let requests = requests
        // In a task of its own, which is not cancelled, so that an answer under way is stored.
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
                "Requested a token from the vendor.",
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
    /// Stores an answer, retrying while the disk is full, because the vendor will not repeat it.
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
                    "The vendor's answer cannot be stored yet.",
                    metadata: ["request.id": "\(id)", "reason": "\(reason)"])
                try await Task.sleep(for: .seconds(5))
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
