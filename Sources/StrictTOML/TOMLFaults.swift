/// All faults of a file.
package struct TOMLFaults: Error, CustomStringConvertible {
    package let faults: [TOMLFault]

    package init(_ faults: [TOMLFault]) { self.faults = faults }

    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
