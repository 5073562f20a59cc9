import Domain
import Messages
import ModemLink
import ModemMessages

/// A service code with the answers to the menus behind it, dialled by the gateway itself.
struct NetworkDialogue: Sendable {
    /// A session waits this long for the network at each step.
    private static let patience = 30

    /// What the network said.
    struct Talk: Sendable {
        var texts: [String] = []
        /// Why the dialogue did not come to its end; `nil` if it did.
        var failure: String?
        /// The session was ended for messages that waited for the modem.
        var gaveWay = false
        /// The number of texts when the PIN was given; `nil` if it was not.
        var pinGivenAfter: Int?

        /// What the network said after the PIN; all of it if there was none.
        var answers: [String] { Array(texts.dropFirst(pinGivenAfter ?? 0)) }
    }

    /// A PIN, and how to see that the network asks for one.
    struct PIN: Sendable {
        let digits: String
        let isAskedFor: @Sendable (String) -> Bool
    }

    private let link: ModemLink

    init(_ link: ModemLink) { self.link = link }

    /// Dials a code and gives the answers. The PIN takes the place of `NetworkQuery.pinMark`: as an answer, it is given
    /// only to a text that asks for it.
    func walk(_ dial: String, _ answers: [String], pin: PIN? = nil) async -> Talk {
        var talk = Talk()
        var answers = answers[...]
        if pin != nil, dial.contains(NetworkQuery.pinMark) { talk.pinGivenAfter = 0 }
        let code = dial.replacing(NetworkQuery.pinMark, with: pin?.digits ?? "")
        var step = await link.dial(code, seconds: Self.patience)
        while true {
            switch step {
            case .wantsAnswer(let session, let lines):
                talk.texts += Self.texts(lines)
                guard var next = answers.popFirst() else {
                    // The last text is there, whatever the menu offers besides.
                    await link.endUSSD(session)
                    return talk
                }
                if next == NetworkQuery.pinMark {
                    guard let pin, let prompt = talk.texts.last, pin.isAskedFor(prompt) else {
                        await link.endUSSD(session)
                        talk.failure = "the network did not ask for the PIN where the query expects it"
                        return talk
                    }
                    next = pin.digits
                    talk.pinGivenAfter = talk.texts.count
                }
                step = await link.dial(next, in: session, seconds: Self.patience)
            case .ended(let lines):
                talk.texts += Self.texts(lines)
                if !answers.isEmpty { talk.failure = "the network ended the session before the last answer" }
                return talk
            case .silent(let lines): return talk.ended("the network did not answer", lines)
            case .gaveWay(let lines):
                talk.gaveWay = true
                return talk.ended("messages were waiting for the modem", lines)
            case .refused(let reason), .unavailable(let reason): return talk.ended(reason)
            case .busy: return talk.ended("the modem has another session")
            case .closed: return talk.ended("the session was ended")
            }
        }
    }

    fileprivate static func texts(_ lines: [USSDLine]) -> [String] {
        lines.map { USSDText.decode($0.text, coding: $0.coding).excerpt(500) }.filter { !$0.isEmpty }
    }
}

extension NetworkDialogue.Talk {
    fileprivate func ended(_ failure: String, _ lines: [USSDLine] = []) -> Self {
        var talk = self
        talk.texts += NetworkDialogue.texts(lines)
        talk.failure = failure
        return talk
    }
}
