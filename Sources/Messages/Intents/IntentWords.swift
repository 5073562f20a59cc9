import Domain

/// The words by which intents are known, of all languages together.
package struct IntentWords: Sendable {
    /// Said anywhere in a text.
    var phrases: [Intent: [Phrase]] = [:]
    /// Count only when hardly anything else is said: STOP is a wish, "please stop the power cuts" another one.
    var alone: [Intent: [Phrase]] = [:]
    /// What takes an intent back: "no fire", "school fees".
    var unless: [Intent: [Phrase]] = [:]
    var answers: [JobAnswer: [Phrase]] = [:]
    /// On the way, at work, late: no answer, and worth telling.
    var underWay: [Phrase] = []
    /// A bare yes or no to the offer of a job.
    var jobYes: [Phrase] = []
    var jobNo: [Phrase] = []
    /// Whatever speaks of what is not, or not yet: it takes back a `done`.
    var unfinished: [Phrase] = []
    var questions: [Phrase] = []
    /// In reply to a ticket: it is well again, or still not.
    var fixed: [Phrase] = []
    var stillBroken: [Phrase] = []
    /// Words before a ticket's number, and those that may stand between.
    var ticket: Set<String> = []
    var numberSigns: Set<String> = []
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
    /// What people type short, by language: `tkn` -> `token`.
    var shorthand: [String: [String: [String]]] = [:]
    /// Words before a fault's number, before a transaction's id, and beside an amount.
    var errorWords: Set<String> = []
    var transactionWords: Set<String> = []
    var moneyWords: Set<String> = []
    var numbers: [SpokenNumbers] = []

    private(set) var index = WordIndex()
    /// Of the phrases said anywhere, those that begin with a word.
    private(set) var byFirstWord: [WordIndex.Number: [(intent: Intent, phrase: Phrase)]] = [:]

    /// Numbers all words; nothing is added afterwards.
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
