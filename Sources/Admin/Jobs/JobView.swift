import Domain
import Gateway

package struct JobView: Codable, Sendable {
    package var number: Int64
    package var contractorId: Int64
    package var contractor: String
    package var task: String
    package var place: String?
    package var price: MoneyView
    package var deadline: String?
    package var status: String
    package var offeredAt: String
    package var confirmedAt: String?
    package var paid: Bool

    init(_ job: Job, contractor: String, _ company: Company) {
        number = job.ticket.number
        contractorId = job.contractor.number
        self.contractor = contractor
        task = job.task
        place = job.place
        price = MoneyView(job.price, company.currency)
        deadline = job.deadline?.description
        status = job.status.rawValue
        offeredAt = job.offeredAt.rfc3339
        confirmedAt = job.confirmedAt?.rfc3339
        paid = job.payout != nil
    }
}
