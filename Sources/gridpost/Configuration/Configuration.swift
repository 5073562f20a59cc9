import Domain
import Gateway
import Listener
import Tokens

/// The parsed configuration file of the daemon.
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
        /// The unix socket on which systemd starts the modem process. If absent, the daemon starts the process.
        var socket: String?
        var connection = "at115200"
        var networks: [String] = []
        var ratePerMinute = 10
        /// Milliseconds; 0 keeps libgammu's own pauses.
        var pace = 20
        var dailyCap = 1_000
        var pinFile: String?
        var sendTimeout = 40
        var airtime: AirtimePlan?
        var wallets: [Wallet] = []
        /// The modem wants service codes packed.
        var packsUSSD = false
    }

    /// A wallet on a modem's SIM that is asked for its balance by USSD.
    struct Wallet: Sendable {
        var plan: WalletBalancePlan
        /// The path of a file, or the name of a systemd credential.
        var pinFile: String?
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

    /// A vendor's service that makes tokens for its devices.
    struct Vendor: Sendable {
        /// The name that its devices have in their `token` field.
        var name: String
        var kind: VendorKind
        var endpoint: VendorEndpoint
        var authURL: String?
        /// The path of a file, or the name of a systemd credential.
        var credentials: String
    }

    struct Staff: Sendable {
        /// The minute of the day from which staff get the daily digest.
        var digestMinute = 8 * 60
    }

    struct Broadcasts: Sendable {
        var pricePerPart: Money?
        var promoHours = SendingHours.day
        var serviceHours = SendingHours.longDay
    }

    /// The listener for wallets and USSD aggregators.
    struct HTTP: Sendable {
        struct Notice: Sendable {
            var kind: NoticeDriverKind
            var wallet: String
            /// The path of a file, or the name of a systemd credential. The same is true for `USSD.secret`.
            var credentials: String
            var allowed: [AddressRange]
            var isTrusted: Bool
            var reportURL: String?
            /// The part of the path behind `/payments/`.
            var path: String
            var line: Int?
        }

        struct USSD: Sendable {
            var aggregator: String
            var secret: String?
            var allowed: [AddressRange]
            var line: Int?
        }

        var host: String
        var port: Int
        var proxies: [AddressRange]
        var payments: [Notice]
        var ussd: [USSD]
    }

    /// The path of the file.
    var file: String
    var database: String
    var eachStep = false
    var company: Company
    var socket: Socket
    var modems: [Modem]
    /// The wallets in use; `gridpost wallets use` adds others.
    var providers: [String]
    /// If absent, the country's limit applies. The same is true for `unverifiedLimit`.
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
    var http: HTTP?
}
