/// How a wallet's PIN was used. Wallets lock themselves after three wrong PINs in a row, so a PIN is given at most twice
/// without an answer that was understood.
package struct WalletPINUse: Sendable, Hashable {
    /// What became of a PIN that was to be given.
    package enum Outcome: Sendable, Hashable {
        /// The wallet accepted it.
        case accepted
        /// The wallet never got it, or said that it is not available now.
        case notTaken
        /// The wallet did not answer: it may have got it.
        case unknown
        /// The wallet refused it, or said something else that is not understood.
        case refused
    }

    /// How often it was given since the wallet last accepted it. Counted before it is given, so that a crash in between
    /// cannot let it be given once more.
    package var timesGiven: Int
    /// It is not given again until staff want it.
    package var isLocked: Bool

    private static let mostTimes = 2

    package init(timesGiven: Int = 0, isLocked: Bool = false) {
        self.timesGiven = timesGiven
        self.isLocked = isLocked
    }

    package var isExhausted: Bool { timesGiven >= Self.mostTimes }

    /// After staff want a PIN given again, or have replaced it, the wallet may have counted a wrong PIN already: one more
    /// try is left.
    package var forgiven: WalletPINUse { WalletPINUse(timesGiven: timesGiven > 0 || isLocked ? Self.mostTimes - 1 : 0) }

    package var mayBeGiven: Bool { !isLocked && !isExhausted }

    package mutating func give() { timesGiven += 1 }

    package mutating func end(_ outcome: Outcome) {
        switch outcome {
        case .accepted: timesGiven = 0
        case .notTaken: timesGiven = max(0, timesGiven - 1)
        case .unknown: isLocked = isLocked || isExhausted
        case .refused: isLocked = true
        }
    }
}
