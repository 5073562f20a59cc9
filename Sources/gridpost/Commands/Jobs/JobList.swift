import Admin
import ArgumentParser
import Domain

/// `gridpost jobs list`
struct JobList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List jobs, newest first.",
        discussion: "Example: gridpost jobs list --status done")
    static let address = "/v1/jobs"
    static let columns = ["NO", "STATUS", "CONTRACTOR", "PRICE", "DEADLINE", "PAID", "TASK"]
    static let empty = "no jobs"

    @Option(help: "Only jobs in this status: \(JobStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
    var status: String?

    @Option(help: "Only jobs of this contractor, by number.")
    var contractor: Int64?

    var filter: [(String, String?)] { [("status", status), ("contractor", contractor.map(String.init))] }

    static func row(_ job: JobView) -> [String] {
        [
            "#\(job.number)", job.status, job.contractor, "\(job.price.amount) \(job.price.currency)",
            job.deadline ?? "-", job.paid ? "yes" : "no", Terminal.oneLine(job.task, 50),
        ]
    }
}
