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

    /// Whether there is a driver; the facts about the others do not carry one yet.
    package var isBuilt: Bool { make != nil }

    package func driver(_ settings: NoticeSettings) -> (any NoticeDriver)? { make?(settings) }

    private var make: (@Sendable (NoticeSettings) -> any NoticeDriver)? {
        switch self {
        case .vodacomTZ: { VodacomTZ(settings: $0) }
        case .airtelTZ: { AirtelTZ(settings: $0) }
        case .mixxTZ: { MixxTZ(settings: $0) }
        case .azampay: { AzamPay(settings: $0) }
        case .safaricomKE: { SafaricomKE(settings: $0) }
        case .paystack: { Paystack(settings: $0) }
        case .flutterwave: { Flutterwave(settings: $0) }
        case .airtelAfrica, .mtnMoMo, .pesapal: nil
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
}
