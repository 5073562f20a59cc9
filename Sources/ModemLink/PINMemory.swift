/// Remembers which PINs were sent to the SIM of one modem, so that none is sent twice: three wrong ones lock a SIM.
package protocol PINMemory: Sendable {
    /// Called before a PIN is sent. Records it and returns `nil`, or returns the reason why it must not be sent.
    ///
    /// - Throws: an error if the PIN cannot be recorded.
    func willGive(_ pin: String) async throws -> String?
    /// Called after the SIM refused the PIN recorded last. Returns what an operator should do.
    ///
    /// - Throws: an error if this cannot be recorded.
    func refused() async throws -> String
    /// Called when the SIM is unlocked: forgets the recorded PINs.
    ///
    /// - Throws: an error if this cannot be recorded.
    func unlocked() async throws
}
