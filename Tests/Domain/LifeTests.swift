import Domain
import Testing

@Suite("Status changes of tickets and jobs")
struct LifeTests {
    typealias Row = (status: TicketStatus, event: TicketEvent, isJob: Bool, next: TicketStatus?)

    static let tickets: [Row] = [
        (.open, .customerWrote, false, .open), (.open, .staffWrote, false, .waiting), (.open, .close, false, .closed),
        (.open, .reopen, false, nil), (.open, .wroteLate, false, nil),
        (.waiting, .customerWrote, false, .open), (.waiting, .staffWrote, false, .waiting),
        (.waiting, .close, false, .closed), (.waiting, .reopen, false, nil), (.waiting, .wroteLate, false, nil),
        (.closed, .customerWrote, false, nil), (.closed, .staffWrote, false, .waiting), (.closed, .close, false, nil),
        (.closed, .reopen, false, .open), (.closed, .wroteLate, false, .closed),
        (.closed, .staffWrote, true, .closed), (.closed, .reopen, true, nil),
    ]

    @Test("each event changes a ticket's status as specified, or is rejected")
    func ticketLife() {
        for row in Self.tickets {
            #expect(row.status.after(row.event, isJob: row.isJob) == row.next, "\(row)")
        }
        let told = Self.tickets.filter { !$0.isJob }
        #expect(told.count == TicketStatus.allCases.count * TicketEvent.allCases.count)
    }

    static let orders: [(status: JobStatus, order: JobOrder, next: JobStatus?)] = [
        (.offered, .confirm, nil), (.offered, .cancel, .cancelled), (.offered, .reassign, .offered),
        (.accepted, .confirm, .confirmed), (.accepted, .cancel, .cancelled), (.accepted, .reassign, .offered),
        (.declined, .confirm, nil), (.declined, .cancel, .cancelled), (.declined, .reassign, .offered),
        (.done, .confirm, .confirmed), (.done, .cancel, .cancelled), (.done, .reassign, .offered),
        (.confirmed, .confirm, nil), (.confirmed, .cancel, nil), (.confirmed, .reassign, nil),
        (.cancelled, .confirm, nil), (.cancelled, .cancel, nil), (.cancelled, .reassign, nil),
    ]

    @Test("each order of staff changes a job's status as specified, or is rejected")
    func jobOrders() {
        for row in Self.orders { #expect(row.status.after(row.order) == row.next, "\(row)") }
        #expect(Self.orders.count == JobStatus.allCases.count * JobOrder.allCases.count)
    }

    static let answers: [(status: JobStatus, answer: JobAnswer, next: JobStatus?)] = [
        (.offered, .accepted, .accepted), (.offered, .declined, .declined), (.offered, .done, .done),
        (.accepted, .accepted, .accepted), (.accepted, .declined, .declined), (.accepted, .done, .done),
        (.declined, .accepted, .accepted), (.declined, .declined, .declined), (.declined, .done, nil),
        (.done, .accepted, nil), (.done, .declined, nil), (.done, .done, .done),
        (.confirmed, .accepted, nil), (.confirmed, .declined, nil), (.confirmed, .done, nil),
        (.cancelled, .accepted, nil), (.cancelled, .declined, nil), (.cancelled, .done, nil),
    ]

    @Test("each answer of a contractor changes a job's status as specified, or is rejected")
    func jobAnswers() {
        for row in Self.answers { #expect(row.status.after(row.answer) == row.next, "\(row)") }
        #expect(Self.answers.count == JobStatus.allCases.count * JobAnswer.allCases.count)
    }
}
