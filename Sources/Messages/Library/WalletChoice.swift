/// Which wallets' formats are read from the disk.
package enum WalletChoice: Sendable, Hashable {
    /// Those of all countries.
    case all
    /// Those that a company uses; of the others of its country the originators alone.
    case inUse(Set<String>, country: String)

    func includes(_ id: String) -> Bool {
        switch self {
        case .all: true
        case .inUse(let ids, _): ids.contains(id)
        }
    }

    /// Whether the originators of a country's other wallets are wanted.
    func knowsOthers(of country: String) -> Bool {
        switch self {
        case .all: false
        case .inUse(_, let own): own == country
        }
    }
}
