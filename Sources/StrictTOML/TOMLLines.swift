import Foundation

/// The line of each key of a TOML text. The parser does not provide it, and faults must name their lines.
struct TOMLLines {
    private var lines: [String: Int] = [:]

    init(_ text: String) {
        var header = ""
        var counts: [String: Int] = [:]
        var openQuotes: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if let quotes = openQuotes {
                if trimmed.contains(quotes) { openQuotes = nil }
                continue
            }
            if trimmed.hasPrefix("[["), let end = trimmed.range(of: "]]") {
                let name = Self.place(
                    String(trimmed[trimmed.index(trimmed.startIndex, offsetBy: 2)..<end.lowerBound]), counts)
                header = "\(name)[\(counts[name, default: 0])]"
                counts[name, default: 0] += 1
                lines[header] = index + 1
            } else if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
                header = Self.place(String(trimmed[trimmed.index(after: trimmed.startIndex)..<end]), counts)
                lines[header] = index + 1
            } else if let equals = trimmed.firstIndex(of: "="), !trimmed.hasPrefix("#") {
                let key = trimmed[..<equals].trimmingCharacters(in: .whitespaces)
                    .replacingOccurrences(of: "\"", with: "")
                let path = header.isEmpty ? key : "\(header).\(key)"
                if lines[path] == nil { lines[path] = index + 1 }
                for quotes in ["\"\"\"", "'''"] where trimmed.components(separatedBy: quotes).count == 2 {
                    openQuotes = quotes
                }
            }
        }
    }

    /// The line of a path, or of the innermost table around it.
    func line(of path: String) -> Int? {
        var path = path
        while true {
            if let line = lines[path] { return line }
            guard let dot = path.lastIndex(of: ".") else { return nil }
            path = String(path[..<dot])
        }
    }

    /// A header's name with the indices of the lists of tables around it: `formats.examples` in `formats[2]`.
    private static func place(_ name: String, _ counts: [String: Int]) -> String {
        var path = ""
        let pieces = name.split(separator: ".").map { $0.trimmingCharacters(in: .whitespaces) }
        for (index, piece) in pieces.enumerated() {
            path = path.isEmpty ? piece : "\(path).\(piece)"
            if index < pieces.count - 1, let count = counts[path] { path += "[\(count - 1)]" }
        }
        return path
    }
}
