/// Who may call one address of the listener.
package struct CallerRule: Sendable {
    /// The addresses that may call; empty for all.
    package var allowed: [AddressRange]
    /// The word that the caller must send, as the parameter `key` or in the header `X-Gridpost-Key`.
    package var secret: String?

    package init(allowed: [AddressRange], secret: String?) {
        self.allowed = allowed
        self.secret = secret
    }

    func admits(_ address: String) -> Bool { allowed.isEmpty || allowed.contains { $0.contains(address) } }
}
