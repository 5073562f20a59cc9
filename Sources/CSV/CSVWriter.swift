/// Rows as CSV (RFC 4180).
package struct CSVWriter {
    private var lines: [String] = []

    package init(_ header: String...) { lines.append(header.joined(separator: ",")) }

    package mutating func add(_ fields: String...) { lines.append(fields.map(Self.field).joined(separator: ",")) }

    /// All rows, each ended by CR LF.
    package var text: String { lines.joined(separator: "\r\n") + "\r\n" }

    /// Quoted where it must be. What a spreadsheet would take for a formula is made a text: names come from strangers.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t".contains($0) } ?? false
        let isNumber = text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        let safe = isFormula && !isNumber ? "'" + text : text
        guard safe.contains(where: { "\",\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
