import ArgumentParser
import Foundation

/// The options of all commands that print a list in pages.
struct PageOptions: ParsableArguments {
    @Option(help: "The maximum number of rows, up to 500.")
    var limit = 50

    @Option(help: "The cursor printed at the end of the previous page.")
    var cursor: String?

    func query(_ more: [(String, String?)] = []) -> String {
        Query.text([("limit", "\(limit)"), ("cursor", cursor)] + more)
    }

    func showNext(_ next: String?) {
        if let next { Terminal.say(Terminal.styled("more: --cursor \(next)", .dim)) }
    }
}
