import Domain
import Store

extension JobDesk {
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noJob(Int64)
        case noContractor(Int64)
        case wrongStatus(TicketID, JobStatus, wanted: String)
        case paidAlready(TicketID)
        case deadlinePassed(CalendarDate)
        case hasOpenJobs(PersonID, [TicketID])

        package var description: String {
            switch self {
            case .noJob(let number): "there is no job #\(number)"
            case .noContractor(let number): "there is no contractor \(number)"
            case .wrongStatus(let id, let status, let wanted):
                status.rawValue == wanted
                    ? "job #\(id) is already \(wanted)" : "job #\(id) is \(status.rawValue) and cannot be \(wanted)"
            case .paidAlready(let id): "job #\(id) is already paid"
            case .deadlinePassed(let date): "the deadline \(date) has passed; give a new one"
            case .hasOpenJobs(let id, let jobs):
                "contractor \(id) has open jobs: \(jobs.map { "#\($0)" }.joined(separator: ", ")); reassign them first"
            }
        }
    }
}
