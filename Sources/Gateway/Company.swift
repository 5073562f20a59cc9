import Domain
import Messages

/// The company that runs this gateway.
package struct Company: Sendable {
    package let name: String
    package let currency: Currency
    package let country: Country
    /// Language codes in order of preference.
    package let languages: [String]
    package let calendar: CompanyCalendar

    package init(name: String, currency: Currency, country: Country, languages: [String], calendar: CompanyCalendar) {
        self.name = name
        self.currency = currency
        self.country = country
        self.languages = languages
        self.calendar = calendar
    }

    /// An amount with the currency code, as in `TZS 12,500`.
    func text(_ money: Money) -> String { "\(currency.code) \(money.display(in: currency))" }
}
