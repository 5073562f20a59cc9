/// A condition did not come true in time.
package struct WaitedInVain: Error, CustomStringConvertible {
    package let description: String
}

/// Waits until something is so, looking often; throws what was waited for when the time is over. The time is long, for all
/// tests run at once, and on two cores each waits for the others.
package func wait(
    for what: String, atMost limit: Duration = .seconds(180), until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else { throw WaitedInVain(description: "waited \(limit) in vain for: \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
