import Domain
import Store

extension PaymentOperations {
    /// Why an operation cannot be carried out.
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noPayment(PaymentID)
        case noDevice(String)
        case wrongState(PaymentID, PaymentState, wanted: String, hint: String?)
        case cannotServe(PaymentID, String)
        case sameDevice(PaymentID, Serial)
        case tokenWasSent(PaymentID)
        case onTheWire(PaymentID)
        case noRequest(PaymentID)
        case noToken(PaymentID)
        case nobodyToSendTo(PaymentID)
        case badToken
        case tokenOfAnother(PaymentID?)

        package var description: String {
            switch self {
            case .noPayment(let id): "there is no payment \(id)"
            case .noDevice(let serial): "there is no device \(serial)"
            case .wrongState(let id, let state, let wanted, let hint):
                "payment \(id) is \(state.rawValue), not \(wanted)" + (hint.map { "; \($0)" } ?? "")
            case .cannotServe(let id, let reason): "payment \(id) cannot be used yet: \(reason)"
            case .sameDevice(let id, let serial): "payment \(id) was already used for device \(serial.text)"
            case .tokenWasSent(let id):
                "the token of payment \(id) was sent and may be in its meter; with 'charge' the owner of the meter owes its worth"
            case .onTheWire(let id):
                "the vendor is being asked for the token of payment \(id) now; try again in a minute"
            case .noToken(let id): "payment \(id) has no token to send again"
            case .nobodyToSendTo(let id): "neither the payer of payment \(id) nor the owner of its device has a phone"
            case .noRequest(let id): "no vendor token is stuck for payment \(id)"
            case .badToken: "this is not a token of the vendor; check its digits"
            case .tokenOfAnother(let id):
                "this token belongs to \(id.map { "payment \($0)" } ?? "another operation"); check its digits"
            }
        }
    }
}
