import ArgumentParser
import Foundation
import FoundationNetworking
import Messages

/// Plays a handset: dials the menus and shows each screen.
struct SimulateUSSD: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ussd", abstract: "Play a handset that walks through the customers' USSD menus.",
        discussion: """
            Examples:
              gridpost simulate ussd --language sw
              gridpost simulate ussd --phone +255712000678 --url 'http://127.0.0.1:8480/ussd/africastalking?key=SECRET'
            Without --url the menus alone are walked through, and what a daemon would answer is only named. With --url \
            a running daemon is asked, in the form of Africa's Talking.
            """)

    @Option(help: "The listener's address for an aggregator in the form of Africa's Talking.")
    var url: String?

    @Option(help: "The phone that dials.")
    var phone = "+255712000678"

    @Option(help: "The language of the menus alone.")
    var language = "en"

    @Option(help: "The templates folder of the menus alone.")
    var templates: String?

    func run() async throws {
        if let url { try await walk(url) } else { try walkAlone() }
    }

    // MARK: The running daemon

    private func walk(_ address: String) async throws {
        guard let url = URL(string: address), url.scheme == "http" || url.scheme == "https" else {
            throw ValidationError("--url must be an http address")
        }
        let session = "simulated-\(UUID().uuidString)"
        var inputs: [String] = []
        while true {
            let screen = try await ask(url, session, inputs.joined(separator: "*"))
            guard let state = screen.split(separator: " ", maxSplits: 1).first, ["CON", "END"].contains(state) else {
                Terminal.complain("gridpost: the listener answered: \(Terminal.oneLine(screen, 200))")
                throw ExitCode(1)
            }
            show(String(screen.dropFirst(4)))
            guard state == "CON", let input = Self.typed() else { return }
            inputs.append(input)
        }
    }

    private func ask(_ url: URL, _ session: String, _ path: String) async throws -> String {
        var request = URLRequest(url: url, timeoutInterval: 15)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        let fields = [("sessionId", session), ("serviceCode", "*000#"), ("phoneNumber", phone), ("text", path)]
        let pairs = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        request.httpBody = Data(pairs.joined(separator: "&").utf8)
        do {
            return String(decoding: try await URLSession.shared.data(for: request).0, as: UTF8.self)
        } catch {
            Terminal.complain("gridpost: the listener cannot be reached: \(error.localizedDescription)")
            throw ExitCode(69)
        }
    }

    // MARK: The menus alone

    private func walkAlone() throws {
        let folders = try InstalledPaths().templates(templates, overrides: nil)
        let library: Library
        do {
            library = try Library(folders, wallets: .inUse([], country: ""))
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(1)
        }
        guard let menu = library.menu else {
            Terminal.complain("gridpost: there are no menus in \(folders.shipped)")
            throw ExitCode(1)
        }
        var languages = [language]
        var place = USSDMenu.Place(screen: menu.start)
        show(menu.text(of: place.screen, languages, company: "COMPANY"))
        while let input = Self.typed() {
            switch menu.step(place, input) {
            case .show(let id): place = USSDMenu.Place(screen: id)
            case .language(let code): (languages, place) = ([code], USSDMenu.Place(screen: menu.start))
            case .unknown, .turn: Terminal.say(USSDMenu.words(menu.unknown, languages))
            case .answer(let intent): return show("(the answer to '\(intent.rawValue)')")
            case .meter(let serial, let intent): return show("(the answer to '\(intent.rawValue)' for \(serial))")
            case .says(let words):
                return show(
                    "\(USSDMenu.words(menu.passedOn, languages))\n(to the office: \(USSDMenu.words(words, languages)))")
            }
            show(menu.text(of: place.screen, languages, company: "COMPANY"))
        }
    }

    private func show(_ screen: String) {
        Terminal.say(Terminal.styled("── \(screen.count) characters", .dim))
        Terminal.say(screen)
    }

    private static func typed() -> String? {
        Terminal.write(Terminal.styled("> ", .bold), to: 1)
        return readLine()
    }
}
