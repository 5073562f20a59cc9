/// Lookup tables of the reader: wallets by originator, and phrases in a text.
struct ReaderIndex: Sendable {
    /// Indices of providers by their exact originator.
    let speakers: [String: [Int]]
    /// Indices of wallets that are not in use, by their exact originator.
    let unusedSpeakers: [String: [Int]]
    /// Countries of the providers by the skeletons of their originators and names.
    let skeletons: [[Unicode.Scalar]: Set<String>]
    /// The landmarks of each format of each provider, in the same order.
    let landmarks: [[[[PhraseIndex.Number]]]]
    let received: [PhraseIndex.Number]
    let balance: [PhraseIndex.Number]
    let voids: [PhraseIndex.Number]
    let scams: [PhraseIndex.Number]
    private let phrases: PhraseIndex

    init(_ providers: [PaymentProvider], _ unused: [UnusedWallet], _ words: PaymentWords) {
        var speakers: [String: [Int]] = [:]
        var unusedSpeakers: [String: [Int]] = [:]
        var skeletons: [[Unicode.Scalar]: Set<String>] = [:]
        var numbers: [[Unicode.Scalar]: PhraseIndex.Number] = [:]
        var known: [[Unicode.Scalar]] = []
        func number(_ phrase: [Unicode.Scalar]) -> PhraseIndex.Number {
            if let number = numbers[phrase] { return number }
            let number = PhraseIndex.Number(known.count)
            numbers[phrase] = number
            known.append(phrase)
            return number
        }
        for (place, provider) in providers.enumerated() {
            for originator in provider.originators { speakers[originator, default: []].append(place) }
            for name in provider.originators + [provider.name] {
                skeletons[Confusables.skeleton(name), default: []].insert(provider.country)
            }
        }
        for (place, wallet) in unused.enumerated() {
            for originator in wallet.originators { unusedSpeakers[originator, default: []].append(place) }
            for name in wallet.originators + [wallet.name] {
                skeletons[Confusables.skeleton(name), default: []].insert(wallet.country)
            }
        }
        skeletons[[]] = nil
        landmarks = providers.map { $0.formats.map { $0.pattern.landmarks.map { $0.map(number) } } }
        received = words.received.map(number)
        balance = words.balance.map(number)
        voids = words.voids.map(number)
        scams = words.scams.map(number)
        phrases = PhraseIndex(known)
        self.speakers = speakers
        self.unusedSpeakers = unusedSpeakers
        self.skeletons = skeletons
    }

    /// Whether a text contains the phrases that a format requires.
    func mayFit(_ found: PhraseIndex.Found, provider: Int, format: Int) -> Bool {
        for words in landmarks[provider][format] where !found.contains(any: words) { return false }
        return true
    }

    func find(in text: NormalizedText) -> PhraseIndex.Found { phrases.find(in: text.folded) }
}
