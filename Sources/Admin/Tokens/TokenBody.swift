import Domain
import Store

/// A token that staff ask for. `value` are watts, days, a register or control bits, by the type; a key change names what is
/// new of the key.
package struct TokenBody: Codable, Sendable {
    package var type: String
    package var reason: String
    package var value: Int?
    package var sgc: String?
    package var krn: Int?
    package var ti: Int?
    package var kt: Int?
    package var baseDate: Int?
    /// To the device's owner by SMS.
    package var send: Bool?
    package init(type: String, reason: String) {
        self.type = type
        self.reason = reason
    }
}
