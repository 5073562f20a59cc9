import Foundation
import TestSupport
import Testing

@Suite("The README's examples")
struct ReadmeTests {
    private static let readme = Result {
        try String(contentsOf: Fixtures.checkout.appendingPathComponent("README.md"), encoding: .utf8)
    }

    /// The commands in code spans at the beginning of table rows; short forms such as `show 12` get the words before them.
    private static func commands() throws -> [String] {
        var commands: [String] = []
        for line in try readme.get().split(separator: "\n") where line.hasPrefix("| `gridpost") {
            let cell = line.dropFirst().prefix { $0 != "|" }
            let spans = cell.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            var group = ""
            for span in spans.map(String.init) {
                if span.hasPrefix("gridpost ") {
                    group = span.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                    commands.append(String(span.dropFirst("gridpost ".count)))
                } else {
                    commands.append("\(group)|\(span)")
                }
            }
        }
        return commands
    }

    /// The words of a command line, in which quotation marks keep words together.
    private static func words(_ line: String) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { place, piece in
            place % 2 == 1 ? [String(piece)] : piece.split(separator: " ").map(String.init)
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, output)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    /// What works without a daemon, or does not end: only its help is asked for.
    private static let standalone: Set<String> = [
        "formats", "read", "token make", "token decode", "simulate", "import", "payments drivers", "modems probe",
    ]

    @Test("every command of the table is understood")
    func table() throws {
        let commands = try Self.commands()
        #expect(commands.count > 40)
        for command in commands {
            let pieces = command.split(separator: "|", maxSplits: 1).map(String.init)
            let short = pieces.count == 2
            // A short form names its group itself, or goes on with the one before.
            let candidates =
                short ? [Self.words(pieces[1]), [pieces[0]] + Self.words(pieces[1])] : [Self.words(command)]
            var seen = ""
            let isUnderstood = try candidates.contains { words in
                let isStandalone =
                    Self.standalone.contains(words[0])
                    || Self.standalone.contains(words.prefix(2).joined(separator: " "))
                let arguments = Array(words.prefix(words[0] == "read" || words[0] == "import" ? 1 : 2))
                let result = try Self.run(
                    Products.gridpost,
                    isStandalone ? arguments + ["--help"] : words + ["--socket", "/nowhere/admin.sock"])
                seen += result.output
                // 69: the command was understood, and no daemon answers. A group of commands shows its help.
                return result.status == 69 || (result.status == 0 && (isStandalone || words.count == 1))
            }
            #expect(isUnderstood, "\(command): \(seen.prefix(300))")
        }
    }

    @Test("every file that it names exists")
    func files() throws {
        let spans = try Self.readme.get().split(separator: "`").map(String.init)
        let files = spans.filter { span in
            ["Sources/", "modem/", "Tests/", "templates/", "systemd/"].contains { span.hasPrefix($0) }
                && !span.contains("\n")
        }
        #expect(files.count > 60)
        for file in files {
            let path = Fixtures.checkout.appendingPathComponent(file).path
            #expect(FileManager.default.fileExists(atPath: path), "\(file)")
        }
    }

    @Test("every curl example reaches the API as described")
    func curl() async throws {
        let lines = try Self.readme.get().split(separator: "\n").map(String.init).filter { $0.hasPrefix("$S ") }
        #expect(lines.count >= 5)
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            try
                "name,phone,village,mini_grid,cluster,device_kind,serial\nAsha,0713000001,Kijiji,Kisiwa,Pwani,shs,SHS1\n"
                .write(
                    toFile: gateway.folder.appendingPathComponent("customers.csv").path, atomically: true,
                    encoding: .utf8)
            for line in lines where !line.contains("/v1/events") {
                let command = line.replacingOccurrences(
                    of: "$S ",
                    with: "cd \(gateway.folder.path) && curl -sS -w '\\n%{http_code}' --unix-socket \(gateway.socket) ")
                let result = try Self.run("/bin/sh", ["-c", command])
                let status = result.output.split(separator: "\n").last.flatMap { Int($0) } ?? 0
                // Numbers of the examples may name nothing here; a shape that the API does not know is a fault.
                #expect([200, 201, 404, 422].contains(status), "\(line): \(result.output)")
                #expect(!result.output.contains("there is no such address"), "\(line): \(result.output)")
            }
        }
    }
}
