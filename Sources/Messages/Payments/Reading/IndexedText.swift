/// A text with the phrases and glue words found in it.
struct IndexedText {
    let text: NormalizedText
    let found: PhraseIndex.Found
    let glue: GlueWords

    init(_ text: NormalizedText, _ index: ReaderIndex, _ words: PaymentWords) {
        self.text = text
        found = index.find(in: text)
        glue = GlueWords(text, words.glue)
    }
}
