import Admin
import ArgumentParser
import Domain

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Manage maintenance jobs for contractors.",
        discussion: """
            Examples:
              gridpost jobs new --contractor 1 --price 15000 --deadline 2026-11-30 --place Kijiji "Replace the breaker"
              gridpost jobs confirm 12
              gridpost jobs pay 12 --reference QK7H2A
            """,
        subcommands: [
            New.self, List.self, Show.self, Confirm.self, Cancel.self, Reassign.self, Pay.self,
        ])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a job to a contractor by SMS.",
            discussion:
                "Example: gridpost jobs new --contractor 1 --price 15000 --deadline 2026-11-30 \"Replace the breaker\"")

        @Argument(help: "The task.")
        var task: String

        @Option(help: "The contractor, by number.")
        var contractor: Int64

        @Option(help: "The place of the job.")
        var place: String?

        @Option(help: "The price of the job, in the company's currency.")
        var price: String?

        @Option(help: "The last day: YYYY-MM-DD.")
        var deadline: String?

        @Option(help: "An outsourced category; default: maintenance.")
        var category: String?

        @Option(help: "The priority: \(TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")).")
        var priority: String?

        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = NewJobBody(contractorId: contractor, task: task)
            body.place = place
            body.price = price
            body.deadline = deadline
            body.category = category
            body.priority = priority
            try await client.change("/v1/jobs", body, as: TicketView.self) {
                Terminal.say("job #\($0.number) is offered to \($0.job?.contractor ?? "")")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List jobs, newest first.", discussion: "Example: gridpost jobs list --status done")

        @Option(help: "Only jobs in this status: \(JobStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
        var status: String?

        @Option(help: "Only jobs of this contractor, by number.")
        var contractor: Int64?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            let query = list.query([("status", status), ("contractor", contractor.map(String.init))])
            try await client.ask("/v1/jobs" + query, as: PageView<JobView>.self) { page in
                var table = Table("NO", "STATUS", "CONTRACTOR", "PRICE", "DEADLINE", "PAID", "TASK")
                for job in page.items {
                    table.add(
                        "#\(job.number)", job.status, job.contractor, "\(job.price.amount) \(job.price.currency)",
                        job.deadline ?? "-", job.paid ? "yes" : "no", Terminal.oneLine(job.task, 50))
                }
                table.show(empty: "no jobs")
                list.showNext(page.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one job with its thread.", discussion: "Example: gridpost jobs show 12")

        @Argument(help: "The job's number.")
        var number: TicketNumber

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/jobs/\(number)", as: TicketView.self, TicketDetail.show)
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm that a job was done. Its price is then owed.",
            discussion: "Example: gridpost jobs confirm 12")

        @Argument(help: "The job's number.")
        var number: TicketNumber

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/jobs/\(number)/confirm", EmptyBody(), as: TicketView.self) {
                let price = $0.job.map { "\($0.price.amount) \($0.price.currency)" } ?? ""
                Terminal.say("job #\(number) is confirmed, \(price) owed")
            }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancel a job.",
            discussion: "Example: gridpost jobs cancel 12 --reason \"Done by our own team\"")

        @Argument(help: "The job's number.")
        var number: TicketNumber

        @Option(help: "The reason, as sent to the contractor.")
        var reason: String?

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/jobs/\(number)/cancel", ReasonBody(reason: reason), as: TicketView.self) { _ in
                Terminal.say("job #\(number) is cancelled")
            }
        }
    }

    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a job to another contractor.",
            discussion: "Example: gridpost jobs reassign 12 --contractor 2 --deadline 2026-12-05")

        @Argument(help: "The job's number.")
        var number: TicketNumber

        @Option(help: "The contractor, by number.")
        var contractor: Int64

        @Option(help: "A new last day: YYYY-MM-DD.")
        var deadline: String?

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let body = ReassignBody(contractorId: contractor, deadline: deadline)
            try await client.change("/v1/jobs/\(number)/reassign", body, as: TicketView.self) {
                Terminal.say("job #\(number) is offered to \($0.job?.contractor ?? "")")
            }
        }
    }

    struct Pay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that a confirmed job was paid.",
            discussion: "Example: gridpost jobs pay 12 --reference QK7H2A. The record cannot be deleted."
        )

        @Argument(help: "The job's number.")
        var number: TicketNumber

        @Option(help: "The reference of the payment, such as a transaction id or a receipt number.")
        var reference: String?

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/jobs/\(number)/pay", PayBody(reference: reference), as: TicketView.self) { _ in
                Terminal.say("job #\(number) is paid")
            }
        }
    }
}
