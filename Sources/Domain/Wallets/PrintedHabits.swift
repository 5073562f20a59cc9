/// The fields that all recent credits of a wallet had.
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
