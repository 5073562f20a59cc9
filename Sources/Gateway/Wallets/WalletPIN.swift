import Domain
import Store
import Tokens

/// The PIN of a wallet. Once it was refused, or an answer to it was not understood, it is not given again: wallets lock
/// themselves after few wrong PINs.
package struct WalletPIN: Sendable {
    package let digits: String
    /// Where it is read from, for messages to staff.
    package let source: String

    package init(digits: String, source: String) {
        self.digits = digits
        self.source = source
    }

    /// Whether this PIN is locked. Forgets a lock of another PIN.
    func isLocked(_ key: WalletKey, _ steps: StepRunner) async throws -> Bool {
        guard let locked = try await steps.read({ try $0.walletChecks.locked(key) }) else { return false }
        if try PINHash.make(of: digits, salt: locked.salt) == locked.hash { return true }
        try await steps.perform { try $0.walletChecks.unlock(key) }
        return false
    }

    /// Locks this PIN and tells staff.
    func lock(_ key: WalletKey, because reason: String, _ steps: StepRunner) async throws {
        let salt = PINHash.salt()
        let hash = try PINHash.make(of: digits, salt: salt)
        try await steps.perform { step in
            try step.walletChecks.lock(key, salt: salt, hash: hash, at: step.now)
            try step.alert(
                .wallet,
                [
                    "text":
                        "\(key.provider) was asked for its balance: \(reason). The PIN is not given again. Check it in \(source), then: wallets ask \(key.provider)"
                ])
        }
    }
}
