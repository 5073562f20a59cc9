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
        var pin = PINFate.notUsed

        /// What the network said after the PIN; all of it if there was none.
        var answers: [String] { if case .given(let count) = pin { Array(texts.dropFirst(count)) } else { texts } }
    }

    /// What became of the PIN.
    enum PINFate: Sendable, Hashable {
        case notUsed
        /// It was recorded as given, but the modem did not get it.
        case notGiven
        /// `after`: the number of texts before it.
        case given(after: Int)
    }

    /// A PIN, and how to see that the network asks for one.
    struct PIN: Sendable {
        let digits: String
        let isAskedFor: @Sendable (String) -> Bool
        /// Records that the PIN is given now; `false` if it must not be.
        let record: @Sendable () async -> Bool
    }

    private let link: ModemLink

    init(_ link: ModemLink) { self.link = link }

    /// Dials a code and gives the answers. The PIN takes the place of `NetworkQuery.pinMark`: as an answer, it is given
    /// only to a text that asks for it.
    func walk(_ dial: String, _ answers: [String], pin: PIN? = nil) async -> Talk {
        var talk = Talk()
        var next = dial
        var answers = answers[...]
        var session: USSDSession.ID?
        while true {
            let hasPIN = next.contains(NetworkQuery.pinMark)
            if hasPIN {
                guard let pin, session == nil || talk.texts.last.map(pin.isAskedFor) == true else {
                    return await end(
                        session, talk.ended("the network did not ask for the PIN where the query expects it"))
                }
                guard await pin.record() else {
                    return await end(session, talk.ended("the use of the PIN cannot be recorded"))
                }
                talk.pin = .given(after: talk.texts.count)
                next = next.replacing(NetworkQuery.pinMark, with: pin.digits)
            }
            switch await link.dial(next, in: session, seconds: Self.patience) {
            case .wantsAnswer(let open, let lines):
                talk.texts += Self.texts(lines)
                // The last text is there, whatever the menu offers besides.
                guard let answer = answers.popFirst() else { return await end(open, talk) }
                if answer != NetworkQuery.pinMark, let pin, talk.texts.last.map(pin.isAskedFor) == true {
                    // The answer to a menu would count as a wrong PIN.
                    return await end(
                        open, talk.ended("the network asked for the PIN where the query does not expect it"))
                }
                (session, next) = (open, answer)
            case .ended(let lines):
                talk.texts += Self.texts(lines)
                return answers.isEmpty ? talk : talk.ended("the network ended the session before the last answer")
            case .silent(let lines): return talk.ended("the network did not answer", lines)
            case .gaveWay(let lines):
                talk.gaveWay = true
                return talk.ended("messages were waiting for the modem", lines)
            case .refused(let reason), .unavailable(let reason): return talk.ended(reason)
            case .notDialled:
                talk.gaveWay = true
                return talk.notDialled("messages were waiting for the modem", hasPIN)
            case .busy: return talk.notDialled("the modem has another session", hasPIN)
            case .closed: return talk.notDialled("the session was ended", hasPIN)
            }
        }
    }

    private func end(_ session: USSDSession.ID?, _ talk: Talk) async -> Talk {
        if let session { await link.endUSSD(session) }
        return talk
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
    /// The modem did not get the last words. `hadPIN`: the PIN was among them.
    fileprivate func notDialled(_ failure: String, _ hadPIN: Bool) -> Self {
        var talk = ended(failure)
        if hadPIN { talk.pin = .notGiven }
        return talk
    }
}
