/// Exponential backoff from 0.2 seconds up to 30 seconds.
struct BackOff {
    private var pause: Duration = .milliseconds(200)

    /// Returns the next delay.
    ///
    /// The next pause. `jitter` is a factor of 0.8 to 1.2, so that several modems do not restart at the same time.
    mutating func next(jitter: Double) -> Duration {
        defer { pause = min(pause * 2, .seconds(30)) }
        return pause * jitter
    }
}
