/// An event that may change the status of a ticket.
package enum TicketEvent: Sendable, Hashable, CaseIterable {
    /// The customer or contractor wrote in the thread.
    case customerWrote
    /// Staff wrote to the customer or contractor.
    case staffWrote
    case close
    case reopen
    /// The customer or contractor wrote to a closed ticket. The text is kept and the status does not change.
    case wroteLate
}

extension TicketStatus {
    /// The status after an event; `nil` if the current status does not allow it. `isJob`: whether the ticket is a job.
    package func after(_ event: TicketEvent, isJob: Bool = false) -> TicketStatus? {
        switch (self, event) {
        case (.open, .customerWrote), (.waiting, .customerWrote): .open
        case (.open, .staffWrote), (.waiting, .staffWrote): .waiting
        // Writing to a closed ticket opens it again; a finished job stays closed.
        case (.closed, .staffWrote): isJob ? .closed : .waiting
        case (.open, .close), (.waiting, .close): .closed
        case (.closed, .reopen): isJob ? nil : .open
        case (.closed, .wroteLate): .closed
        case (.closed, .customerWrote), (.closed, .close), (.open, .reopen), (.waiting, .reopen), (.open, .wroteLate),
            (.waiting, .wroteLate):
            nil
        }
    }
}
