import Foundation

/// Runs all benchmarks, prints them as a table, and writes the table into the README beside this file when asked with
/// `--write`.
@main
struct Main {
    static func main() async throws {
        var figures: [Figure] = []
        func add(_ more: [Figure]) {
            for figure in more {
                let name = figure.name.padding(toLength: 80, withPad: " ", startingAt: 0)
                print("\(name) \(figure.shown)  \(figure.comparison)")
                fflush(nil)
            }
            figures += more
        }
        add([try PureBenchmarks.reading(), try PureBenchmarks.people()])
        add([try PureBenchmarks.waterfall(), try PureBenchmarks.tokens()])
        add(try await StoreBenchmarks.payments())
        add(try await SendingBenchmarks.sending())
        add(try await StoreBenchmarks.start())
        if CommandLine.arguments.contains("--write") { try Table.write(figures) }
    }
}

/// The table of the last figures, in `README.md` beside this file.
enum Table {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("README.md")
    private static let mark = "<!-- figures -->"

    static func write(_ figures: [Figure]) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let place = text.range(of: mark) else { return }
        var table = "\(mark)\n\n| what | figure | against |\n| --- | ---: | --- |\n"
        for figure in figures { table += "| \(figure.name) | \(figure.shown) | \(figure.comparison) |\n" }
        try (text[..<place.lowerBound] + table).write(to: file, atomically: true, encoding: .utf8)
    }
}
