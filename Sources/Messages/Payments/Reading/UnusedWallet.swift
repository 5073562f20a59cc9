import Domain

/// A wallet of the company's country that the company does not use: its name is known, its formats are not loaded.
struct UnusedWallet: Sendable {
    let id: String
    let name: String
    let country: String
    /// Byte for byte.
    let originators: [String]
}

extension PaymentReader {
    /// A text of a wallet that is not in use: money is looked at by people, and nothing is made of it.
    func readUnused(_ text: IndexedText, _ wallet: UnusedWallet) -> ProviderReading {
        let amounts = countries[wallet.country]?.amounts.count(in: text.text.folded) ?? 0
        let isMoney =
            amounts > 0 && (text.found.contains(any: index.received) || text.found.contains(any: index.balance))
        var reading = ProviderReading(
            isMoney ? .review : .ignore,
            reason: isMoney
                ? "a text that could be money of a wallet that is not in use"
                : "a notice of a wallet that is not in use")
        reading.unusedWallet = wallet.id
        return reading
    }
}
