import Domain

/// The daemon's configuration file, understood.
struct Configuration: Sendable {
    struct Company: Sendable {
        var name: String
        var currency: Currency
        var country: String
        var timeZone: CompanyCalendar
        var languages: [String]
    }

    struct Socket: Sendable {
        var path: String
        var group: String?
    }

    struct Modem: Sendable {
        var name: String
        var device: String
        var connection = "at115200"
        var networks: [String] = []
        var ratePerMinute = 10
        /// Milliseconds; 0 leaves libgammu's own pauses alone.
        var pace = 20
        var dailyCap = 1_000
        var pinFile: String?
        var sendPatience = 40
    }

    struct Paths: Sendable {
        var modemProgram: String?
        var templates: String?
        var overrides: String?
    }

    struct Tokens: Sendable {
        var vendingKeys: String?
        var tables: String?
        var allowsTestKeys = false
    }

    struct Broadcasts: Sendable {
        var pricePerPart: Money?
        var promoHours = SendingHours.day
        var serviceHours = SendingHours.longDay
    }

    /// Where it was read.
    var file: String
    var database: String
    var eachStep = false
    var company: Company
    var socket: Socket
    var modems: [Modem]
    var providers: [String]?
    var amountCeiling: Money
    var tokens = Tokens()
    var repliesPerHour = 6
    var broadcasts = Broadcasts()
    var paths = Paths()
}
