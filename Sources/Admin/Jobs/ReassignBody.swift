package struct ReassignBody: Codable, Sendable {
    package var contractorId: Int64
    package var deadline: String?
    package init(contractorId: Int64, deadline: String?) {
        self.contractorId = contractorId
        self.deadline = deadline
    }
}
