import Domain
import Gateway
import Tokens

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
        /// The unix socket behind which systemd starts the modem's process; without it the daemon starts it.
        var socket: String?
        var connection = "at115200"
        var networks: [String] = []
        var ratePerMinute = 10
        /// Milliseconds; 0 leaves libgammu's own pauses alone.
        var pace = 20
        var dailyCap = 1_000
        var pinFile: String?
        var sendTimeout = 40
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
        var vendors: [Vendor] = []
    }

    /// A maker's service that makes tokens for its devices.
    struct Vendor: Sendable {
        /// What devices' `token` says.
        var name: String
        var kind: VendorKind
        var endpoint: VendorEndpoint
        var authURL: String?
        /// A file, or the name of a systemd credential.
        var credentials: String
    }

    struct Staff: Sendable {
        /// The minute of the day from which staff are told what waits.
        var digestMinute = 8 * 60
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
    /// The wallets in use; others only by `wallets use`.
    var providers: [String]
    /// The country's when absent; so is the next.
    var amountCeiling: Money?
    var unverifiedLimit: Money?
    var trust: TrustSettings
    var tokens = Tokens()
    var repliesPerHour = 6
    var repliesPerHourOfAll = 120
    var tokensAgainPerDay = 4
    var catchUpDays = 92
    var broadcasts = Broadcasts()
    var staff = Staff()
    var reminderHours = SendingHours.day
    var paths = Paths()
}
