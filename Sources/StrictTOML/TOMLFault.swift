/// An error in a TOML file, for the author of the file.
package struct TOMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// The line number from 1; `nil` if the fault concerns the whole file.
    package let line: Int?
    package let message: String

    package init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}
