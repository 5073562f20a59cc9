import Foundation
import TestSupport
import Testing

@Suite("Hostile input")
struct FuzzTests {
    private static let replay = ProcessInfo.processInfo.environment["GRIDPOST_FUZZ_INPUT"]

    /// The number of mutated inputs for a target, depending on their cost in a debug build.
    private static func count(_ target: FuzzTarget) -> Int {
        switch target {
        case .people, .toml, .pdu: 1_000
        case .gsm: 1_500
        case .wallets, .csv: 2_000
        case .modem, .vendor: 5_000
        }
    }

    @Test("no mutated input crashes a parser, and all results obey the rules", arguments: FuzzTarget.allCases)
    func mutated(_ target: FuzzTarget) async throws {
        try await Fixtures.withFolder { folder in
            let file = folder.appendingPathComponent("input").path
            let count = Self.count(target)
            // In a separate process: a trap only ends that process, and its input remains in the file.
            let result = await #expect(processExitsWith: .success) {
                [target = target as FuzzTarget, file = file as String, count = count as Int] in
                var mutator = Mutator(target, seed: 1)
                let last = try LastInput(file)
                for input in target.seeds { try last.run(input, target) }
                for _ in 0..<count { try last.run(mutator.next(), target) }
            }
            guard result == nil else { return }
            let input = (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data()
            Issue.record(
                """
                The target '\(target.rawValue)' failed with this input (Base64):
                \(input.base64EncodedString())
                Write it to a file and run it again with:
                GRIDPOST_FUZZ_INPUT=\(target.rawValue):FILE swift test --filter FuzzTests
                """)
        }
    }

    @Test("a mutator gives the same inputs for the same seed")
    func sameAgain() {
        var first = Mutator(.gsm, seed: 7)
        var second = Mutator(.gsm, seed: 7)
        for _ in 0..<100 { #expect(first.next() == second.next()) }
    }

    @Test("a given input is run again", .enabled(if: replay != nil))
    func again() throws {
        let pieces = try #require(Self.replay).split(separator: ":", maxSplits: 1).map(String.init)
        let target = try #require(FuzzTarget(rawValue: pieces[0]))
        try target.run(Array(try Data(contentsOf: URL(fileURLWithPath: pieces[pieces.count - 1]))))
    }
}

/// A file with the current input, which remains if the process crashes.
private struct LastInput {
    private let file: FileHandle

    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    func run(_ input: [UInt8], _ target: FuzzTarget) throws {
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(input))
        try target.run(input)
    }
}
