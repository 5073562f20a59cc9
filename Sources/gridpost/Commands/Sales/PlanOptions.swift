import ArgumentParser

/// The payment plan of a sale.
struct PlanOptions: ParsableArguments {
    @Option(help: "The number of instalments; alternatively --each.")
    var instalments: Int?

    @Option(help: "The amount of each instalment; alternatively --instalments.")
    var each: String?

    @Flag(help: "The interval between instalments.")
    var interval: Interval

    @Option(help: "The day when the first instalment is due: YYYY-MM-DD.")
    var first: String

    enum Interval: String, EnumerableFlag {
        case weekly, monthly
    }
}
