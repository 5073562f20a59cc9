import NIOConcurrencyHelpers

/// USSD.
extension SimulatedModem {
    /// Lets the network answer service codes: `answer` gets the inputs of the session so far, the code first, and returns
    /// the next screen, or `nil` for no answer.
    package func answerUSSD(_ answer: @escaping @Sendable ([String]) -> USSDScreen?) {
        state.withLockedValue { $0.network.answer = answer }
    }

    /// The network says something on its own.
    package func sayUSSD(_ screen: USSDScreen) {
        state.withLockedValue { state in
            let bytes = state.dialogue.presentation(of: screen)
            state.terminal?.write(bytes)
        }
    }

    /// All service codes and answers that the host sent.
    package var ussdInputs: [String] { state.withLockedValue { $0.network.inputs } }

    /// The network still has a session with the host.
    package var isInUSSD: Bool { state.withLockedValue { $0.network.isOpen } }
}
