package struct PayoutsView: Codable, Sendable {
    package struct Line: Codable, Sendable {
        package var number: Int64
        package var contractorId: Int64
        package var contractor: String
        package var phone: String?
        package var task: String
        package var amount: MoneyView
        package var confirmedAt: String
        package var paid: Bool
        package var paidAt: String?
        package var reference: String?
    }

    /// `YYYY-MM`
    package var month: String
    package var lines: [Line]
    package var owed: MoneyView
    package var paid: MoneyView
}
