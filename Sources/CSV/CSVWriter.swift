/// Writes rows as CSV (RFC 4180).
package struct CSVWriter {
    private var lines: [String] = []

    /// Starts with a header of column names, which must not need quoting.
    package init(_ header: String...) { lines.append(header.joined(separator: ",")) }

    /// Adds a row.
    package mutating func add(_ fields: String...) { lines.append(fields.map(Self.field).joined(separator: ",")) }

    /// The header and all rows, each ended by CR LF.
    package var text: String { lines.joined(separator: "\r\n") + "\r\n" }

    /// Quotes a field if needed. A field that a spreadsheet would take for a formula gets a leading apostrophe, because
    /// names come from strangers.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t".contains($0) } ?? false
        let isNumber = text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        let safe = isFormula && !isNumber ? "'" + text : text
        guard safe.contains(where: { "\",\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
