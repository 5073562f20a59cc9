import TOMLKit

/// One TOML file, read strictly: a key that the reader does not use is reported as a fault, with its line and the
/// nearest known key.
///
/// Reading continues after a fault, so that all faults are reported together. Not thread-safe.
package final class TOMLDocument {
    package let file: String
    package private(set) var faults: [TOMLFault] = []
    /// Created at the first fault, because most files have none.
    private(set) lazy var lines = TOMLLines(text)
    private let text: String
    private let table: TOMLTable

    /// Parses `text`; `file` is the file's name for faults.
    /// - Throws: `TOMLFault` if the text is not valid TOML.
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

    /// Reads the whole document with `body`.
    /// - Throws: `TOMLFaults` with all faults of the document.
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

    /// Reads some keys with `body` and reports no faults.
    package func peek<Value>(_ body: (TOMLSection) -> Value) -> Value {
        let before = faults
        defer { faults = before }
        return body(TOMLSection(table: table, path: "", document: self))
    }

    func report(_ path: String, _ message: String) {
        faults.append(TOMLFault(file: file, line: lines.line(of: path), message: message))
    }
}
