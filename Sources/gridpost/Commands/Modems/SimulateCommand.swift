import ArgumentParser
import Foundation
import Simulator

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Simulate a modem or a handset.",
        subcommands: [Modem.self, SimulateUSSD.self])

    struct Modem: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "modem",
            abstract: "Simulate a GSM modem on a pseudo-terminal. Type commands to deliver messages to it.",
            discussion: """
                Example: gridpost simulate modem --link /tmp/modem
                Commands on standard input:
                  sms FROM TEXT     the network delivers a text, such as: sms +255712000678 habari
                  unplug, plug      the port disappears and comes back
                  deaf, heal        the modem stops answering, and answers again
                  ussd TEXT         the network answers every service code with this text
                  quit
                Messages sent by the gateway are printed.
                """)

        @Option(help: "The symbolic link to create for the port.")
        var link: String

        @Option(help: "The number of message locations on the SIM.")
        var places = 30

        @Option(help: "The delay before each answer, in milliseconds.")
        var latency = 0

        func validate() throws {
            guard (1...250).contains(places) else { throw ValidationError("--places must be 1 to 250") }
            guard (0...60_000).contains(latency) else { throw ValidationError("--latency must be 0 to 60000") }
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
            Terminal.say("the modem is ready at \(link)")
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
            // Reading standard input blocks the thread, so it must not run on the cooperative thread pool.
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
                case "ussd" where words.count > 1:
                    let text = words.dropFirst().joined(separator: " ")
                    modem.answerUSSD { _ in USSDScreen(text) }
                case "quit": return
                case nil: continue
                default:
                    Terminal.complain("unknown command; use sms FROM TEXT, ussd TEXT, unplug, plug, deaf, heal or quit")
                }
            }
            // At the end of the input, the modem keeps running until it is killed.
            while true { Thread.sleep(forTimeInterval: 3_600) }
        }
    }
}
