import ArgumentParser

/// The reason that a change cannot do without.
struct StatedReason: ParsableArguments {
    @Option(help: "The reason, for the record.")
    var reason: String
}
