/// A PIN that was given to the SIM of a modem. The PIN itself is not kept.
package struct GivenPIN: Hashable, Sendable {
    package let id: Int64
    package let salt: [UInt8]
    package let hash: [UInt8]
    /// `false` when nobody knows the SIM's answer.
    package let isRefused: Bool

    package init(id: Int64, salt: [UInt8], hash: [UInt8], isRefused: Bool) {
        self.id = id
        self.salt = salt
        self.hash = hash
        self.isRefused = isRefused
    }
}
