/// A PIN that was sent to the SIM of a modem. Only a salted hash of it is kept.
package struct GivenPIN: Hashable, Sendable {
    package let id: Int64
    package let salt: [UInt8]
    package let hash: [UInt8]
    /// Whether the SIM refused the PIN; `false` if its answer is unknown.
    package let isRefused: Bool

    package init(id: Int64, salt: [UInt8], hash: [UInt8], isRefused: Bool) {
        self.id = id
        self.salt = salt
        self.hash = hash
        self.isRefused = isRefused
    }
}
