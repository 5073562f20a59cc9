/// What all of a wallet's last credits printed.
package struct PrintedHabits: Sendable, Hashable {
    package let hasIdentifier: Bool
    package let hasBalance: Bool
    package let hasTime: Bool

    package init(hasIdentifier: Bool, hasBalance: Bool, hasTime: Bool) {
        self.hasIdentifier = hasIdentifier
        self.hasBalance = hasBalance
        self.hasTime = hasTime
    }
}
