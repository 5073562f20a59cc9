import ModemMessages

/// Opens a modem. A SIM that asks for its PIN gets it once, after that has been recorded.
struct SIMOpening {
    private let configuration: ModemConfiguration
    private let pins: any PINMemory
    private let avoiding: [AvoidedPlace]
    private static let restartTime = Duration.seconds(30)

    init(_ configuration: ModemConfiguration, _ pins: any PINMemory, avoiding: [AvoidedPlace]) {
        self.configuration = configuration
        self.pins = pins
        self.avoiding = avoiding
    }

    func open(_ child: ModemChannel, _ restart: ModemRestart?) async throws -> ModemAnswer {
        var settings = configuration.settings
        // Most SIMs are unlocked already and need no record.
        settings.pin = nil
        settings.restart = restart
        // Switching the radio off and on takes some seconds more.
        let deadline = configuration.openDeadline + (restart == nil ? .zero : Self.restartTime)
        var answer = try await child.call(.open(settings, avoiding: avoiding), deadline: deadline)
        if case .failed(let failure) = answer, failure.kind == .pinNeeded, let pin = configuration.settings.pin {
            if let refusal = await refusal(of: pin) { return .failed(refusal) }
            settings.pin = pin
            answer = try await child.call(.open(settings, avoiding: avoiding), deadline: configuration.openDeadline)
        }
        switch answer {
        case .opened:
            // If the record cannot be removed, it blocks only the next start and is removed by the one after.
            try? await pins.unlocked()
        case .failed(var failure) where failure.kind == .wrongPIN:
            if let advice = try? await pins.refused() { failure.reason = advice }
            answer = .failed(failure)
        default: break
        }
        return answer
    }

    /// The reason why the PIN must not be sent; `nil` after it was recorded as sent.
    private func refusal(of pin: String) async -> ModemFailure? {
        do {
            return try await pins.willGive(pin).map {
                ModemFailure(verdict: .modemTrouble, reason: $0, needsOperator: true, kind: .wrongPIN)
            }
        } catch {
            return ModemFailure(
                verdict: .modemTrouble, reason: "the PIN was not sent, because the attempt cannot be recorded: \(error)"
            )
        }
    }
}
