/// The wallets whose formats are loaded.
package enum WalletChoice: Sendable, Hashable {
    /// The wallets of all countries.
    case all
    /// The wallets that a company uses; of the country's other wallets only the originators are loaded.
    case inUse(Set<String>, country: String)

    func includes(_ id: String) -> Bool {
        switch self {
        case .all: true
        case .inUse(let ids, _): ids.contains(id)
        }
    }

    /// Whether to load the originators of the country's other wallets.
    func knowsOthers(of country: String) -> Bool {
        switch self {
        case .all: false
        case .inUse(_, let own): own == country
        }
    }
}
