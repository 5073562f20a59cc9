import Domain

/// What the reader looks up instead of searching: who speaks under which originator, and which phrases a text holds.
struct ReaderIndex: Sendable {
    /// Providers, by originator byte for byte.
    let speakers: [String: [Int]]
    /// Originators and names as the eye sees them, with the countries of their providers.
    let skeletons: [[Unicode.Scalar]: Set<String>]
    /// The landmarks of each provider's formats, in the order of both.
    let landmarks: [[[PhraseIndex.Number]]]
    let received: [PhraseIndex.Number]
    let balance: [PhraseIndex.Number]
    let voids: [PhraseIndex.Number]
    let scams: [PhraseIndex.Number]
    private let phrases: PhraseIndex

    init(_ providers: [PaymentProvider], _ words: PaymentWords) {
        var speakers: [String: [Int]] = [:]
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
                skeletons[LookAlike.skeleton(name), default: []].insert(provider.country)
            }
        }
        skeletons[[]] = nil
        landmarks = providers.map { $0.formats.map { Set($0.pattern.landmarks).map(number) } }
        received = words.received.map(number)
        balance = words.balance.map(number)
        voids = words.voids.map(number)
        scams = words.scams.map(number)
        phrases = PhraseIndex(known)
        self.speakers = speakers
        self.skeletons = skeletons
    }

    func find(in text: NormalizedText) -> PhraseIndex.Found { phrases.find(in: text.folded) }
}

/// A text, and the known phrases in it.
struct IndexedText {
    let text: NormalizedText
    let found: PhraseIndex.Found

    init(_ text: NormalizedText, _ index: ReaderIndex) {
        self.text = text
        found = index.find(in: text)
    }
}
