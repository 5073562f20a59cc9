/// Conditions for listing jobs; `nil` means any.
package struct JobFilter: Sendable {
    package var status: JobStatus?
    package var contractor: PersonID?
    package var isPaid: Bool?

    package init() {}
}
