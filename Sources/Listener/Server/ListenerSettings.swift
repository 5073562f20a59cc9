/// The configuration of the listener.
package struct ListenerSettings: Sendable {
    package var host: String
    package var port: Int
    /// Proxies whose `X-Forwarded-For` header is believed.
    package var proxies: [AddressRange]
    package var notices: [NoticeRoute]
    package var ussd: [USSDRoute]

    package init(host: String, port: Int, proxies: [AddressRange], notices: [NoticeRoute], ussd: [USSDRoute]) {
        self.host = host
        self.port = port
        self.proxies = proxies
        self.notices = notices
        self.ussd = ussd
    }
}

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
