import Domain

/// An operation that depends on the date is refused because the clock is not plausible.
package struct ClockRefusal: Error, CustomStringConvertible {
    let fault: ClockCheck.Fault

    package init(fault: ClockCheck.Fault) { self.fault = fault }

    package var description: String { "operations that depend on the date are not possible now: \(fault)" }
}
