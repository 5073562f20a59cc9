/// The drivers of payment notices, with what is known about their providers.
package enum NoticeDriverKind: String, Sendable, CaseIterable {
    case vodacomTZ = "vodacom-tz"
    case airtelTZ = "airtel-tz"
    case mixxTZ = "mixx-tz"
    case azampay
    case safaricomKE = "safaricom-ke"
    case paystack
    case flutterwave
    case airtelAfrica = "airtel-africa"
    case mtnMoMo = "mtn-momo"
    case pesapal

    package struct Facts: Sendable {
        package var provider: String
        /// How a notice is proved.
        package var proof: String
        /// What happens to a wrong serial.
        package var refusal: String
        /// What two independent sources, or the provider's own page, say.
        package var certain: String
        /// What is known from one source, or only supposed.
        package var guessed: String
    }

    /// Whether there is a driver; the facts about the others do not carry one yet.
    package var isBuilt: Bool {
        switch self {
        case .vodacomTZ, .airtelTZ, .mixxTZ, .azampay, .safaricomKE, .paystack, .flutterwave: true
        case .airtelAfrica, .mtnMoMo, .pesapal: false
        }
    }

    /// Whether the provider returns the money if the payment is refused.
    package var canRefuse: Bool {
        switch self {
        case .mixxTZ, .azampay, .vodacomTZ, .airtelTZ: true
        default: false
        }
    }

    /// The secrets that the credentials file must have.
    package var secrets: [String] {
        switch self {
        case .vodacomTZ: ["sp_id", "sp_password"]
        case .airtelTZ: ["user", "password"]
        case .mixxTZ: ["biller"]
        case .azampay: ["hash_key", "token_key"]
        case .safaricomKE: ["key"]
        case .paystack: ["secret_key"]
        case .flutterwave: ["secret_hash"]
        default: []
        }
    }

    /// Whether only its address tells the provider from a stranger who knows the form of its notices.
    package var needsAddresses: Bool {
        switch self {
        case .vodacomTZ, .airtelTZ, .mixxTZ, .safaricomKE: true
        default: false
        }
    }

    /// Whether the decision is reported to the provider after the answer.
    package var reports: Bool { self == .vodacomTZ || self == .airtelTZ }

    package func driver(_ settings: NoticeSettings) -> (any NoticeDriver)? {
        switch self {
        case .vodacomTZ: VodacomTZ(settings: settings)
        case .airtelTZ: AirtelTZ(settings: settings)
        case .mixxTZ: MixxTZ(settings: settings)
        case .azampay: AzamPay(settings: settings)
        case .safaricomKE: SafaricomKE(settings: settings)
        case .paystack: Paystack(settings: settings)
        case .flutterwave: Flutterwave(settings: settings)
        case .airtelAfrica, .mtnMoMo, .pesapal: nil
        }
    }
}
