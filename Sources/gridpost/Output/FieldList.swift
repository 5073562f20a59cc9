/// A list of names and values, one per line.
struct FieldList {
    private var lines: [(String, String)] = []

    /// Adds a line, unless `value` is `nil`.
    mutating func add(_ name: String, _ value: String?) {
        if let value { lines.append((name, value)) }
    }

    func show() {
        let width = lines.map(\.0.count).max() ?? 0
        for (name, value) in lines {
            let indented = value.split(separator: "\n", omittingEmptySubsequences: false).joined(
                separator: "\n" + String(repeating: " ", count: width + 2))
            Terminal.say(
                Terminal.styled(name, .bold) + String(repeating: " ", count: width - name.count + 2) + indented)
        }
    }
}
