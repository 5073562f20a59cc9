import ArgumentParser

/// The number of a ticket or a job, as lists print it: `12` or `#12`.
struct TicketNumber: ExpressibleByArgument, CustomStringConvertible {
    private let number: Int64

    init?(argument: String) {
        guard let number = Int64(argument.hasPrefix("#") ? String(argument.dropFirst()) : argument) else { return nil }
        self.number = number
    }

    var description: String { String(number) }
}
