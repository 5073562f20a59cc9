import Foundation

/// A parser of untrusted input, run with arbitrary bytes.
enum FuzzTarget: String, CaseIterable, Codable, Sendable {
    /// Texts of customers, contractors and staff.
    case people
    /// Texts of wallets, and forged ones.
    case wallets
    /// Outgoing texts: the GSM alphabet, parts, septets.
    case gsm
    /// Imported CSV files.
    case csv
    /// TOML files: any document, a wallet, a country, a pattern.
    case toml
    /// The output lines of a modem process.
    case modem
    /// The PDUs and AT lines sent to the simulated modem.
    case pdu
    /// Answers of vendors' services, and requests for tokens.
    case vendor

    /// Reads `input`. Throws `BrokenRule` if the result is wrong; a trap ends the process.
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

    /// The initial inputs: the corpora and known difficult inputs.
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

    /// Words that a mutation can insert into an input.
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

/// A rule that must hold for every input was violated.
struct BrokenRule: Error, CustomStringConvertible {
    let description: String
}

/// Throws `BrokenRule` if a rule does not hold.
func rule(_ holds: Bool, _ text: @autoclosure () -> String) throws(BrokenRule) {
    if !holds { throw BrokenRule(description: text()) }
}

/// An input as text; invalid UTF-8 becomes replacement characters.
func text(of input: some Sequence<UInt8>) -> String { String(decoding: Array(input), as: UTF8.self) }
