/// Compares secrets in a time that does not depend on where they differ.
enum Secrets {
    static func equal(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard !one.isEmpty, one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func equal(_ one: String?, _ other: String) -> Bool { equal(Array((one ?? "").utf8), Array(other.utf8)) }
}
