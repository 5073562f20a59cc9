import Domain
import Logging
import ModemLink
import NIOConcurrencyHelpers
import ServiceLifecycle
import Store
import Tokens

/// Asks makers' services for the tokens that wait: one line for each maker, so that a slow one holds no other up.
package final class VendorLines: Service {
    private let gateway: Gateway
    private let requests: TokenRequests
    private let isStopping = NIOLockedValueBox(false)

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        requests = TokenRequests(gateway)
    }

    /// What was on the wire when the daemon ended is in doubt. Before anything is asked anew.
    package func recover() async throws {
        let (requests, now) = (requests, gateway.clock.now)
        try await gateway.store.write { try requests.recover($0, now) }
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for vendor in gateway.issuer.vendors.keys { group.addTask { await self.serve(vendor) } }
                if gateway.issuer.vendors.isEmpty { group.addTask { try? await gracefulShutdown() } }
            }
        } onGracefulShutdown: {
            self.isStopping.withLockedValue { $0 = true }
            for bell in self.gateway.tokenBells.values { bell.ring() }
        }
    }

    private func serve(_ vendor: String) async {
        guard let bell = gateway.tokenBells[vendor] else { return }
        while !isStopping.withLockedValue({ $0 }), !Task.isCancelled {
            var pause = Duration.seconds(30)
            do {
                if try await askNext(vendor) { continue }
                let now = gateway.clock.now
                if let next = try await gateway.store.read({ try $0.tokenRequests.nextTime(of: vendor) }) {
                    // What is due and was not taken waits for a clock that can be believed.
                    pause = next > now ? min(pause, max(.milliseconds(100), next.since(now))) : .seconds(5)
                }
            } catch {
                gateway.logger.error(
                    "Tokens cannot be asked for now.", metadata: ["vendor": "\(vendor)", "reason": "\(error)"])
            }
            await bell.wait(atMost: pause)
        }
    }

    /// Asks for one token; `false` when none waits.
    package func askNext(_ vendor: String) async throws -> Bool {
        guard let service = gateway.issuer.vendors[vendor] else { return false }
        let (gateway, requests) = (gateway, requests)
        // Not on a task that is cancelled: an answer that is on its way is kept.
        return try await Task {
            let now = gateway.clock.now
            guard
                let (request, order, isInquiry) = try await gateway.store.write({ try requests.claim(vendor, $0, now) })
            else { return false }
            let result: Result<VendorDelivery?, VendorFailure>
            do throws(VendorFailure) {
                result = .success(isInquiry ? try await service.outcome(of: order) : try await service.issue(order))
            } catch {
                result = .failure(error)
            }
            gateway.logger.info(
                "A maker was asked for a token.",
                metadata: [
                    "payment.id": "\(request.payment)", "vendor": "\(vendor)", "attempt": "\(request.attempts)",
                    "result": "\(result.failure.map(String.init(describing:)) ?? "made")",
                ])
            try await self.keep(result, of: request.id, isInquiry: isInquiry)
            gateway.outboxBells.ring()
            gateway.scheduleBell.ring()
            return true
        }.value
    }
}

extension VendorLines {
    /// Keeps an answer, however long the disk is full: it is the only one that there will be.
    private func keep(
        _ result: Result<VendorDelivery?, VendorFailure>, of id: TokenRequestID, isInquiry: Bool
    ) async throws {
        let requests = requests
        while true {
            let now = gateway.clock.now
            do {
                return try await gateway.store.write {
                    try requests.settle(id, result, isInquiry: isInquiry, $0, now)
                }
            } catch StoreError.unavailable(let reason) where !isStopping.withLockedValue({ $0 }) {
                gateway.logger.critical(
                    "A maker's answer cannot be kept yet.", metadata: ["request.id": "\(id)", "reason": "\(reason)"])
                try await Task.sleep(for: .seconds(5))
            }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
