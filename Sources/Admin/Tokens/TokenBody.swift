/// A token requested by staff. `value` is watts, days, a register or control bits, depending on the type. A key change
/// gives only the values of the key that change.
package struct TokenBody: Codable, Sendable {
    package var type: String
    package var reason: String
    package var value: Int?
    package var sgc: String?
    package var krn: Int?
    package var ti: Int?
    package var kt: Int?
    package var baseDate: Int?
    /// If true, the token is sent to the device's owner by SMS.
    package var send: Bool?
    package init(type: String, reason: String) {
        self.type = type
        self.reason = reason
    }
}
