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
        if waitsForUSSD { await takeTurnWithoutUSSD() } else { await takeTurn() }
        defer { passTurn() }
        guard let child = state.withLockedValue({ $0.child }) else { return .failure(.notStarted) }
        return await ask(child, body, deadline: deadline)
    }

    func ask(_ child: ModemChannel, _ body: ModemCommand.Body, deadline: Duration) async -> Result<
        ModemAnswer, CallFailure
    > {
        do {
            return .success(try await child.call(body, deadline: deadline))
        } catch is ModemChannel.NotAsked {
            return .failure(.notStarted)
        } catch {
            return .failure(.ended)
        }
    }

    /// Takes the turn while no USSD session is open.
    private func takeTurnWithoutUSSD() async {
        let open = state.withLockedValue { state in
            state.waitingSends += 1
            return state.session?.id
        }
        defer { state.withLockedValue { $0.waitingSends -= 1 } }
        if let open { giveWayLater(open) }
        await takeTurn()
        // A session may have begun while this call waited for its turn.
        while isInUSSD {
            passTurn()
            await waitForUSSD()
            await takeTurn()
        }
    }

    func takeTurn() async {
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

    func passTurn() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            guard !state.line.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.line.removeFirst()
        }?.resume()
    }
}
