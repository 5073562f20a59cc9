import Domain
import Store

extension TicketDesk {
    /// Why an operation on a ticket cannot be carried out.
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noTicket(Int64)
        case nobodyToWriteTo(TicketID)
        case empty
        case tooLong(parts: Int)
        case closedAlready(TicketID)
        case openAlready(TicketID)
        /// Jobs are confirmed or cancelled instead of closed, because money depends on it.
        case isJob(TicketID)
        case categoryExists(String)

        package var description: String {
            switch self {
            case .noTicket(let number): "there is no ticket #\(number)"
            case .nobodyToWriteTo: "there is no phone to write to; give a customer or a phone"
            case .empty: "the text is empty"
            case .tooLong(let parts): "the text needs \(parts) SMS parts; the maximum is \(TicketDesk.mostParts)"
            case .closedAlready(let id): "ticket #\(id) is already closed"
            case .openAlready(let id): "ticket #\(id) is already open"
            case .isJob(let id): "#\(id) is a job; confirm or cancel it"
            case .categoryExists(let name): "there is already a category '\(name)'"
            }
        }
    }
}
