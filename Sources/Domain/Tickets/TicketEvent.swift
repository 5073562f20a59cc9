/// What happens to a ticket.
package enum TicketEvent: Sendable, Hashable, CaseIterable {
    /// The other side wrote in its thread.
    case customerWrote
    /// Staff wrote to the other side.
    case staffWrote
    case close
    case reopen
    /// The other side wrote although it was closed: the text is kept, and nothing moves.
    case wroteLate
}

extension TicketStatus {
    /// What an event makes of a ticket, which is a job's or not; `nil` when it cannot be.
    package func after(_ event: TicketEvent, isJob: Bool = false) -> TicketStatus? {
        switch (self, event) {
        case (.open, .customerWrote), (.waiting, .customerWrote): .open
        case (.open, .staffWrote), (.waiting, .staffWrote): .waiting
        // Who writes to a closed ticket opens it again; a job that is over stays so.
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
