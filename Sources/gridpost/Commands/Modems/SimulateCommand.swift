import ArgumentParser
import Foundation
import Simulator

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Play hardware that is not there.", subcommands: [Modem.self])

    struct Modem: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "modem", abstract: "A GSM modem on a pseudo-terminal; type to send messages to it.",
            discussion: """
                Example: gridpost simulate modem --link /tmp/modem
                Then, on its standard input:
                  sms FROM TEXT     the network delivers a text, such as: sms +255712000678 habari
                  unplug, plug      the port disappears and comes back
                  deaf, heal        the modem stops answering, and answers again
                  quit
                What the gateway sends is printed.
                """)

        @Option(help: "A symbolic link to make to the port.")
        var link: String

        @Option(help: "Message places of the SIM.")
        var places = 30

        @Option(help: "Milliseconds that the modem thinks before each answer.")
        var latency = 0

        func validate() throws {
            guard (1...250).contains(places) else { throw ValidationError("--places is 1 to 250") }
            guard (0...60_000).contains(latency) else { throw ValidationError("--latency is 0 to 60000") }
        }

        func run() async throws {
            var options = SimulatedModem.Options()
            options.link = link
            options.places = places
            options.latency = .milliseconds(latency)
            let modem: SimulatedModem
            do {
                modem = try SimulatedModem(options)
            } catch {
                Terminal.complain("gridpost: \(error)")
                throw ExitCode(1)
            }
            Terminal.say("a modem is at \(link)")
            let printing = Task {
                var shown = 0
                while !Task.isCancelled {
                    let texts = modem.sentTexts
                    for (recipient, text) in texts.dropFirst(shown) {
                        Terminal.say("\(Terminal.styled("to \(recipient)", .bold))\n\(text)")
                    }
                    shown = texts.count
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            // Reading the keyboard blocks its thread: not one of the few that tasks share.
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    Self.obey(modem)
                    continuation.resume()
                }
            }
            printing.cancel()
            modem.stop()
        }

        private static func obey(_ modem: SimulatedModem) {
            while let line = readLine() {
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                switch words.first {
                case "sms" where words.count == 3: modem.deliver(from: words[1], words[2])
                case "unplug": modem.unplug()
                case "plug":
                    do { try modem.plugIn() } catch { Terminal.complain("\(error)") }
                case "deaf": modem.inject(.deaf)
                case "heal": modem.heal()
                case "quit": return
                case nil: continue
                default: Terminal.complain("sms FROM TEXT, unplug, plug, deaf, heal or quit")
                }
            }
            // Without a keyboard, the modem stays until it is killed.
            while true { Thread.sleep(forTimeInterval: 3_600) }
        }
    }
}
