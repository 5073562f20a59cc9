import TOMLKit

/// One TOML file, read strictly: every key must be asked for, or it is a fault with its line and the nearest known key.
///
/// Reading goes on after a fault, so that one look shows them all. Used by one thread, while a file is being read.
package final class TOMLDocument {
    package let file: String
    package private(set) var faults: [TOMLFault] = []
    /// Made when a fault is to be told, for most files have none.
    private(set) lazy var lines = TOMLLines(text)
    private let text: String
    private let table: TOMLTable

    /// Parses `text`; `file` is its name in faults. Throws `TOMLFault` when it is not TOML.
    package init(_ text: String, file: String) throws {
        self.file = file
        self.text = text
        if let fault = TOMLPrecheck(text).fault {
            throw TOMLFault(file: file, line: fault.line, message: fault.message)
        }
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw TOMLFault(file: file, line: error.source.begin.line, message: error.description)
        }
    }

    /// Reads the whole document with `body` and throws all that was wrong with it.
    package func read<Value>(_ body: (TOMLSection) -> Value?) throws -> Value {
        let root = TOMLSection(table: table, path: "", document: self)
        let value = body(root)
        root.refuseUnknownKeys()
        guard faults.isEmpty, let value else {
            throw TOMLFaults(
                faults.isEmpty ? [TOMLFault(file: file, line: nil, message: "is not complete")] : faults)
        }
        return value
    }

    /// Looks at some keys, whatever else is there, and reports no fault.
    package func peek<Value>(_ body: (TOMLSection) -> Value) -> Value {
        let before = faults
        defer { faults = before }
        return body(TOMLSection(table: table, path: "", document: self))
    }

    func report(_ path: String, _ message: String) {
        faults.append(TOMLFault(file: file, line: lines.line(of: path), message: message))
    }
}
