import Domain
import Messages

/// What a dialogue with a wallet says about its balance and about its PIN.
struct WalletAnswer {
    let answer: WalletCheck.Answer
    /// What became of the PIN; `nil` if its use was not recorded.
    let pinOutcome: WalletPINUse.Outcome?

    init(_ talk: NetworkDialogue.Talk, _ query: NetworkQuery, _ currency: Currency) {
        let last = talk.answers.last
        let isAway = last != nil && talk.answers.allSatisfy(query.saysNotNow)
        // A text before the end may be a menu that mentions a balance.
        let stated = talk.failure == nil ? last.flatMap { query.read($0)?.balance } : nil
        let balance = stated.flatMap { Money(decimal: $0, in: currency) }
        pinOutcome =
            switch talk.pin {
            case .notUsed: nil
            case .notGiven: .notTaken
            // Whatever came of the session, a balance is told only to the right PIN.
            case .given where balance != nil || talk.answers.contains { query.read($0)?.balance != nil }: .accepted
            case .given where isAway: .notTaken
            case .given: last == nil || talk.gaveWay ? .unknown : .refused
            }
        if let balance {
            answer = .balance(balance)
        } else if isAway {
            answer = .failure("the wallet says that it is not available now")
        } else if pinOutcome == .refused {
            answer = .failure("the wallet's answer to the PIN was not understood")
        } else {
            answer = .failure(talk.failure ?? "the network's text does not fit the query")
        }
    }
}
