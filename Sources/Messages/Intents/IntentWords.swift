import Domain

/// The words and phrases that identify intents, for all languages together.
package struct IntentWords: Sendable {
    /// Phrases that count anywhere in a text.
    var phrases: [Intent: [Phrase]] = [:]
    /// Phrases that count only when the text says little else: STOP is an order, "please stop the power cuts" is not.
    var alone: [Intent: [Phrase]] = [:]
    /// Phrases that cancel an intent: "no fire", "school fees".
    var unless: [Intent: [Phrase]] = [:]
    var answers: [JobAnswer: [Phrase]] = [:]
    /// On the way, at work, late: not an answer, but worth reporting.
    var underWay: [Phrase] = []
    /// A bare yes or no to a job offer.
    var jobYes: [Phrase] = []
    var jobNo: [Phrase] = []
    /// Phrases for work that is not done, or not done yet: they cancel a `done`.
    var unfinished: [Phrase] = []
    var questions: [Phrase] = []
    /// Replies to a ticket: the fault is fixed, or still there.
    var fixed: [Phrase] = []
    var stillBroken: [Phrase] = []
    /// Words before a ticket number, and words that may stand between them.
    var ticket: Set<String> = []
    var numberSigns: Set<String> = []
    var joining: Set<String> = []
    var fillers: Set<String> = []
    /// Fillers that never change the meaning.
    var polite: Set<String> = []
    var yes: [Phrase] = []
    var area: [Phrase] = []
    var single: [Phrase] = []
    var close: [Phrase] = []
    var status: [Phrase] = []
    /// Language names: word -> code.
    var languageNames: [String: String] = [:]
    /// Abbreviations by language: `tkn` -> `token`.
    var shorthand: [String: [String: [String]]] = [:]
    /// Words before an error code, before a transaction id, and beside an amount.
    var errorWords: Set<String> = []
    var transactionWords: Set<String> = []
    var moneyWords: Set<String> = []
    var numbers: [SpokenNumbers] = []

    private(set) var index = WordIndex()
    /// `phrases` by their first word.
    private(set) var byFirstWord: [WordIndex.Number: [(intent: Intent, phrase: Phrase)]] = [:]

    /// Assigns a number to every word. Nothing may be added afterwards.
    mutating func seal() {
        func number(_ phrases: inout [Phrase]) { phrases = phrases.map { index.number($0) } }
        for intent in Intent.allCases {
            number(&phrases[intent, default: []])
            number(&alone[intent, default: []])
            number(&unless[intent, default: []])
        }
        for answer in JobAnswer.allCases { number(&answers[answer, default: []]) }
        number(&underWay)
        number(&jobYes)
        number(&jobNo)
        number(&unfinished)
        number(&questions)
        number(&fixed)
        number(&stillBroken)
        number(&yes)
        number(&area)
        number(&single)
        number(&close)
        number(&status)
        index.know(fillers.union(ticket).union(joining).union(languageNames.keys).union(moneyWords))
        for table in numbers { index.know(table.words.keys) }
        for (intent, phrases) in phrases {
            for phrase in phrases {
                if let first = phrase.numbers.first { byFirstWord[first, default: []].append((intent, phrase)) }
            }
        }
    }
}
