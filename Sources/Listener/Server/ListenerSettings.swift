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
