import Domain
import StrictTOML

/// Reads `[modems.airtime]`: when the network is asked for the airtime of a modem's SIM, and what is bought.
enum AirtimeSection {
    static func read(_ section: TOMLSection, modem: String, _ currency: Currency) -> AirtimePlan? {
        let query = section.requiredString("query")
        let every = ConfigurationFile.askInterval(section, usual: .seconds(6 * 3_600))
        let minimum = ConfigurationFile.whole(section, "minimum", 0...1_000_000_000)
        let bundle = section.section("bundle").flatMap { self.bundle($0, currency) }
        guard let query, let every else { return nil }
        return AirtimePlan(
            modem: modem, query: query, every: every,
            minimum: minimum.flatMap { Money(decimal: "\($0)", in: currency) }, bundle: bundle)
    }

    private static func bundle(_ section: TOMLSection, _ currency: Currency) -> AirtimePlan.Bundle? {
        let dial = section.requiredString("dial")
        let answers = section.strings("answers") ?? []
        let price = section.requiredInteger("price")
        let below = section.requiredInteger("below")
        let limit = ConfigurationFile.whole(section, "daily_limit", 1...20) ?? 1
        guard let dial, let price, let below else { return nil }
        if !ServiceCode.isValid(dial) {
            section.fault("dial", "'dial' must be a service code such as \"*147*00#\", not \"\(dial)\"")
        }
        guard let money = Money(decimal: "\(price)", in: currency), money.isPositive, below > 0 else {
            section.fault("price", "'price' and 'below' must be at least 1")
            return nil
        }
        return .init(dial: dial, answers: answers, price: money, below: below, dailyLimit: limit)
    }
}
