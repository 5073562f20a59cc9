import Admin
import ArgumentParser
import Foundation

struct USSDSend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Dial a service code with a modem, and answer the menus.",
        discussion: """
            Examples:
              gridpost ussd send office '*102#'
              gridpost ussd send office '*147*00#' --answer 1 --answer 3
            On a terminal, each menu is asked about in turn; an empty line ends the session. Messages wait at most 15 \
            seconds for a session, then it is ended. The daemon's records do not keep codes and answers, because a \
            wallet's PIN can be among them.
            """)

    @OptionGroup var modem: ModemArgument

    @Argument(help: "The service code, such as '*102#', in quotes.")
    var code: String

    @Option(help: "An answer to a menu; repeat it for the next menus.")
    var answer: [String] = []

    @Option(help: "How long to wait for the network at each step, in seconds.")
    var seconds = 30

    @OptionGroup var client: ClientOptions

    func validate() throws {
        guard (1...60).contains(seconds) else { throw ValidationError("--seconds must be 1 to 60") }
    }

    func run() async throws {
        let address = "\(modem.address)/ussd"
        var view = try await step(address, USSDCodeBody(code: code, seconds: seconds))
        var answers = answer[...]
        while view.state == "wants_answer", let session = view.session {
            guard let next = answers.popFirst() ?? typed() else {
                _ = try await client.post("\(address)/\(session)/end", Data("{}".utf8))
                if !answer.isEmpty || !isInteractive {
                    Terminal.complain("gridpost: the network wants an answer; give it with --answer")
                }
                break
            }
            view = try await step("\(address)/\(session)", USSDAnswerBody(answer: next, seconds: seconds))
        }
        switch view.state {
        case "silent": try fail("the network did not answer within \(seconds) seconds")
        case "gave_way": try fail("messages were waiting for the modem, so the session was ended; try again later")
        default:
            if !answers.isEmpty { try fail("the session ended before all answers were given") }
        }
    }

    private func step(_ address: String, _ body: some Encodable) async throws -> USSDView {
        try await client.change(address, body, as: USSDView.self) { view in
            for text in view.earlier { Terminal.say(Terminal.styled(text, .dim)) }
            if !view.text.isEmpty { Terminal.say(view.text) }
        }
    }

    private var isInteractive: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 && !client.json }

    private func typed() -> String? {
        guard isInteractive else { return nil }
        Terminal.write(Terminal.styled("> ", .bold), to: 1)
        return readLine().flatMap { $0.isEmpty ? nil : $0 }
    }

    private func fail(_ what: String) throws -> Never {
        Terminal.complain("gridpost: \(what)")
        throw ExitCode(1)
    }
}
