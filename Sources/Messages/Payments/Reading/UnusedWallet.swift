import Domain

/// A wallet of the company's country that the company does not use; only its name and originators are loaded.
struct UnusedWallet: Sendable {
    let id: String
    let name: String
    let country: String
    /// Compared byte for byte.
    let originators: [String]
}

extension PaymentReader {
    /// Reads a text of a wallet that is not in use: a text about money goes to review, without any fields.
    func readUnused(_ text: IndexedText, _ wallet: UnusedWallet) -> ProviderReading {
        let amounts = countries[wallet.country]?.amounts.count(in: text.text.folded) ?? 0
        let isMoney =
            amounts > 0 && (text.found.contains(any: index.received) || text.found.contains(any: index.balance))
        var reading = ProviderReading(
            isMoney ? .review : .ignore,
            reason: isMoney
                ? "the text may be a payment to a wallet that is not in use"
                : "a notice from a wallet that is not in use")
        reading.unusedWallet = wallet.id
        return reading
    }
}
