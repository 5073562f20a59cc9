/// Waiting times that double up to half a minute.
struct BackOff {
    private var pause: Duration = .milliseconds(200)

    /// - Parameter jitter: A factor of 0.8 to 1.2, so that several modems do not start at once.
    mutating func next(jitter: Double) -> Duration {
        defer { pause = min(pause * 2, .seconds(30)) }
        return pause * jitter
    }
}
