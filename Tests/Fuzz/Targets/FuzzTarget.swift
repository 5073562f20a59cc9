import Foundation

/// A parser that meets what strangers write, driven by bytes of any kind.
enum FuzzTarget: String, CaseIterable, Codable, Sendable {
    /// What customers, contractors and staff write.
    case people
    /// What wallets write, and what others write in their name.
    case wallets
    /// Texts that go out: the GSM alphabet, parts, septets.
    case gsm
    /// Files that are imported.
    case csv
    /// TOML files: any document, a wallet, a country, a pattern.
    case toml
    /// The lines of a modem process.
    case modem
    /// The PDUs and AT lines that the simulated modem is sent.
    case pdu
    /// What makers' services answer, and requests for tokens.
    case vendor

    /// Reads `input`. Throws `BrokenRule` where what was read cannot be right; a trap ends the process.
    func run(_ input: [UInt8]) throws(BrokenRule) {
        switch self {
        case .people: try PeopleTarget.run(input)
        case .wallets: try WalletsTarget.run(input)
        case .gsm: try OutgoingTextTarget.run(input)
        case .csv: try CSVTarget.run(input)
        case .toml: try TOMLTarget.run(input)
        case .modem: try ModemTarget.run(input)
        case .pdu: try PDUTarget.run(input)
        case .vendor: try VendorTarget.run(input)
        }
    }

    /// Inputs to begin with: the corpora, and what is known to be nasty.
    var seeds: [[UInt8]] {
        let own: [String] =
            switch self {
            case .people: PeopleTarget.seeds
            case .wallets: WalletsTarget.seeds
            case .gsm: OutgoingTextTarget.seeds
            case .csv: CSVTarget.seeds
            case .toml: TOMLTarget.seeds
            case .modem: ModemTarget.seeds
            case .pdu: PDUTarget.seeds
            case .vendor: VendorTarget.seeds
            }
        let raw = self == .pdu ? PDUTarget.octets : []
        return own.map { Array($0.utf8) } + raw + Seeds.nasty.map { Array($0.utf8) } + Seeds.brokenBytes
    }

    /// Words that a mutation may put into an input.
    var words: [String] {
        let own: [String] =
            switch self {
            case .people: PeopleTarget.words
            case .wallets: WalletsTarget.words
            case .gsm: ["€", "[", "{", "\u{c}", "😀", "ç", "ê", "\u{301}"]
            case .csv: CSVTarget.words
            case .toml: TOMLTarget.words
            case .modem: ModemTarget.words
            case .pdu: PDUTarget.words
            case .vendor: VendorTarget.words
            }
        return own + Seeds.numbers
    }
}

/// Something that holds for every input, and did not for one.
struct BrokenRule: Error, CustomStringConvertible {
    let description: String
}

/// Throws when a rule does not hold.
func rule(_ holds: Bool, _ text: @autoclosure () -> String) throws(BrokenRule) {
    if !holds { throw BrokenRule(description: text()) }
}

/// An input as text; what is no UTF-8 becomes replacement characters.
func text(of input: some Sequence<UInt8>) -> String { String(decoding: Array(input), as: UTF8.self) }
