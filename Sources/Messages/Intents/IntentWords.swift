import Domain

/// The words by which intents are known, of all languages together.
package struct IntentWords: Sendable {
    /// Said anywhere in a text.
    var phrases: [Intent: [Phrase]] = [:]
    /// Count only when hardly anything else is said: STOP is a wish, "please stop the power cuts" another one.
    var alone: [Intent: [Phrase]] = [:]
    var answers: [JobAnswer: [Phrase]] = [:]
    /// A bare yes or no to the offer of a job.
    var jobYes: [Phrase] = []
    var jobNo: [Phrase] = []
    /// Whatever speaks of what is not, or not yet: it takes back a `done`.
    var unfinished: [Phrase] = []
    var questions: [Phrase] = []
    /// Words before a ticket's number.
    var ticket: Set<String> = []
    var joining: Set<String> = []
    var fillers: Set<String> = []
    /// The fillers that change no wish at all.
    var polite: Set<String> = []
    var yes: [Phrase] = []
    var area: [Phrase] = []
    var single: [Phrase] = []
    var close: [Phrase] = []
    var status: [Phrase] = []
    /// The names of languages: word -> code.
    var languageNames: [String: String] = [:]

    /// Every word that some phrase knows exactly: such a word is never taken for a slip of another.
    private(set) var vocabulary: Set<String> = []

    mutating func closeVocabulary() {
        let all =
            phrases.values.joined().map(\.words) + alone.values.joined().map(\.words)
            + answers.values.joined().map(\.words)
            + [unfinished, questions, yes, jobYes, jobNo, area, single, close, status].joined()
            .map(\.words)
        vocabulary = Set(all.joined().map(\.text)).union(fillers).union(ticket).union(joining)
            .union(languageNames.keys)
    }
}
