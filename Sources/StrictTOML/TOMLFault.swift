/// Something wrong in a TOML file, said so that its writer can mend it.
package struct TOMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// 1-based; `nil` when the fault is of the whole file.
    package let line: Int?
    package let message: String

    package init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}

/// All the faults of one reading.
package struct TOMLFaults: Error, CustomStringConvertible {
    package let faults: [TOMLFault]

    package init(_ faults: [TOMLFault]) { self.faults = faults }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
