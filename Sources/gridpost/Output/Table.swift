/// Rows with aligned columns under a header.
struct Table {
    private let header: [String]
    private var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    init(_ header: String...) { self.init(header) }

    mutating func add(_ fields: [String]) { rows.append(fields) }

    mutating func add(_ fields: String...) { add(fields) }

    /// Prints the table, or `empty` if there are no rows.
    func show(empty: String) {
        guard !rows.isEmpty else { return Terminal.say(empty) }
        let widths = header.indices.map { column in ([header] + rows).map { Terminal.width($0[column]) }.max() ?? 0 }
        func line(_ fields: [String]) -> String {
            var text = ""
            for (index, field) in fields.enumerated() {
                text += field
                if index < fields.count - 1 {
                    text += String(repeating: " ", count: widths[index] - Terminal.width(field) + 2)
                }
            }
            return text
        }
        Terminal.say(Terminal.styled(line(header), .bold))
        for row in rows { Terminal.say(line(row)) }
    }
}
