/// A service code to dial.
package struct USSDCodeBody: Codable, Sendable {
    /// The service code, such as `*102#`.
    package var code: String
    /// How long to wait for the network, in seconds.
    package var seconds: Int?

    package init(code: String, seconds: Int?) {
        self.code = code
        self.seconds = seconds
    }
}
