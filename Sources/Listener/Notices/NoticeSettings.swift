import Domain

/// What a driver needs to know about its wallet and the company.
package struct NoticeSettings: Sendable {
    package var wallet: String
    package var secrets: [String: String]
    /// The company says that address and credentials prove a notice.
    package var isTrusted: Bool
    /// Where the result of a notice is reported, for drivers that report one.
    package var reportURL: String?
    package var currency: Currency
    package var plan: NumberPlan
    package var calendar: CompanyCalendar

    package init(
        wallet: String, secrets: [String: String], isTrusted: Bool, reportURL: String?, currency: Currency,
        plan: NumberPlan, calendar: CompanyCalendar
    ) {
        self.wallet = wallet
        self.secrets = secrets
        self.isTrusted = isTrusted
        self.reportURL = reportURL
        self.currency = currency
        self.plan = plan
        self.calendar = calendar
    }
}
