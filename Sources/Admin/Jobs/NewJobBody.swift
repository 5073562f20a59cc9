package struct NewJobBody: Codable, Sendable {
    package var contractorId: Int64
    package var task: String
    package var place: String?
    package var price: String?
    package var deadline: String?
    package var category: String?
    package var priority: String?
    package init(contractorId: Int64, task: String) {
        self.contractorId = contractorId
        self.task = task
    }
}
