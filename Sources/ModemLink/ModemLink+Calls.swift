import NIOConcurrencyHelpers
import Foundation
import ModemMessages

/// Calls to the modem process, one at a time.
extension ModemLink {
    /// Sends one part. If the process ends before it answers, the result is unknown.
    package func send(_ part: OutgoingPart) async -> SendOutcome {
        guard isReady else {
            return .failed(ModemFailure(verdict: .modemTrouble, reason: "the modem is not ready"))
        }
        state.withLockedValue { $0.sends += 1 }
        defer { state.withLockedValue { $0.sends -= 1 } }
        switch await call(.send(part), deadline: configuration.sendDeadline, waitsForUSSD: true) {
        case .success(.sent(let outcome)): return outcome
        case .success(.failed(let failure)): return .failed(failure)
        case .success:
            return .failed(ModemFailure(verdict: .unknown, reason: "the modem process gave a wrong answer"))
        case .failure(.notStarted):
            return .failed(ModemFailure(verdict: .modemTrouble, reason: "the modem is not ready"))
        case .failure(.ended):
            return .failed(
                ModemFailure(verdict: .unknown, reason: "the modem process ended while sending a message"))
        }
    }

    enum CallFailure: Error {
        case notStarted
        case ended
    }

    /// Makes one call at a time, so that a deadline counts from the start of its own call.
    func call(_ body: ModemCommand.Body, deadline: Duration, waitsForUSSD: Bool = false) async -> Result<
        ModemAnswer, CallFailure
    > {
        if waitsForUSSD, let open = state.withLockedValue({ $0.session?.id }) { giveWayLater(open) }
        await takeTurn()
        // A session may have begun while this call waited for its turn.
        while waitsForUSSD, isInUSSD {
            passTurn()
            await waitForUSSD()
            await takeTurn()
        }
        defer { passTurn() }
        guard let child = state.withLockedValue({ $0.child }) else { return .failure(.notStarted) }
        do {
            return .success(try await child.call(body, deadline: deadline))
        } catch is ModemChannel.NotAsked {
            return .failure(.notStarted)
        } catch {
            return .failure(.ended)
        }
    }

    private func takeTurn() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLockedValue { state in
                if state.isBusy {
                    state.line.append(continuation)
                    return false
                }
                state.isBusy = true
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func passTurn() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            guard !state.line.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.line.removeFirst()
        }?.resume()
    }
}
