/// Names and values below each other.
struct FieldList {
    private var lines: [(String, String)] = []

    /// Leaves out what is not there.
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
