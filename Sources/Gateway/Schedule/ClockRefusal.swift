import Domain

/// What hangs on the date is not done while the clock cannot be believed.
package struct ClockRefusal: Error, CustomStringConvertible {
    let fault: ClockCheck.Fault

    package init(fault: ClockCheck.Fault) { self.fault = fault }

    package var description: String { "nothing that hangs on the date is done now: \(fault)" }
}
