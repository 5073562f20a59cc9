/// The simulated network's side of USSD: one session at a time.
struct USSDNetwork: Sendable {
    /// The screen after the inputs of a session so far, the service code first; `nil` for no answer.
    var answer: (@Sendable ([String]) -> USSDScreen?)?
    /// The inputs of the open session.
    private(set) var path: [String] = []
    /// All inputs, the codes of sessions and the answers to menus.
    private(set) var inputs: [String] = []
    private(set) var ended = 0

    var isOpen: Bool { !path.isEmpty }

    mutating func take(_ input: String) -> [USSDScreen] {
        inputs.append(input)
        path.append(input)
        guard let answer else {
            path = []
            return [USSDScreen("", state: 4)]
        }
        guard let screen = answer(path) else { return [] }
        if screen.state != 1 { path = [] }
        return screen.before + [screen]
    }

    mutating func end() {
        if isOpen { ended += 1 }
        path = []
    }
}
