/// Waiting times that double, with jitter, up to half a minute.
struct BackOff {
    private var step: Duration = .milliseconds(200)

    mutating func next() -> Duration {
        defer { step = min(step * 2, .seconds(30)) }
        return step * Double.random(in: 0.8...1.2)
    }
}
