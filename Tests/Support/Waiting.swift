/// A condition was not met in time.
package struct WaitedInVain: Error, CustomStringConvertible {
    package let description: String
}

/// Waits until `condition` is true, checking it often. The default limit is long because all tests run in parallel.
/// - Throws: `WaitedInVain` after `limit`, or an error of `condition`.
package func wait(
    for what: String, atMost limit: Duration = .seconds(300), until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else {
            throw WaitedInVain(description: "timeout after \(limit) while waiting for: \(what)")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
