import Domain
import Store

/// Decides whether a wallet's PIN may be given, and records what became of it.
struct WalletPINDesk: Sendable {
    private let pins: [WalletKey: WalletPIN]
    private let steps: StepRunner

    init(_ pins: [WalletKey: WalletPIN], _ steps: StepRunner) {
        self.pins = pins
        self.steps = steps
    }

    /// Recognises PINs that were replaced since the last run: they get one try if the earlier one was in doubt.
    /// - Throws: `StoreError`, or the error of hashing a PIN.
    func recover() async throws {
        for (key, pin) in pins {
            if let known = try await steps.read({ try $0.walletPINs.mark(of: key) }), try pin.has(known) { continue }
            let mark = try pin.mark()
            try await steps.perform { step in
                let earlier = try step.walletPINs.use(of: key) ?? WalletPINUse()
                try step.walletPINs.set(mark, earlier.forgiven, of: key)
            }
        }
    }

    /// The PIN of a wallet if it may be given; `nil` if it may not, or if there is none.
    /// - Throws: `StoreError`.
    func pin(for key: WalletKey) async throws -> WalletPIN? {
        guard let pin = pins[key], let use = try await steps.read({ try $0.walletPINs.use(of: key) }) else {
            return nil
        }
        if use.mayBeGiven { return pin }
        // A crash came before the answer was recorded.
        if !use.isLocked { try await end(.unknown, of: key, said: nil) }
        return nil
    }

    /// Records that the PIN is given now; `false` if it may not be given. Nor may it if this fails.
    /// - Throws: `StoreError`.
    func begin(_ key: WalletKey) async throws -> Bool {
        try await steps.perform { step in
            guard var use = try step.walletPINs.use(of: key), use.mayBeGiven else { return false }
            use.give()
            try step.walletPINs.record(use, of: key)
            return true
        }
    }

    /// Records what became of the PIN. Staff are told when it is not given again. `said`: what the wallet answered.
    /// - Throws: `StoreError`.
    func end(_ outcome: WalletPINUse.Outcome, of key: WalletKey, said: String?) async throws {
        try await steps.perform { step in
            guard var use = try step.walletPINs.use(of: key) else { return }
            let wasLocked = use.isLocked
            use.end(outcome)
            try step.walletPINs.record(use, of: key)
            guard use.isLocked, !wasLocked else { return }
            // The answer may repeat the PIN.
            let answer = said.map { "it answered \"\(String($0.map { $0.isNumber ? "*" : $0 }).excerpt(80))\"" }
            let source = pins[key]?.source ?? ""
            try step.alert(
                .wallet,
                [
                    "text":
                        "\(key.provider) was asked for its balance: \(answer ?? "it did not answer twice"). The PIN is not given again. Check it in \(source), then: wallets ask \(key.provider)"
                ])
        }
    }
}
