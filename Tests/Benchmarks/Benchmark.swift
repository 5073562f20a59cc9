import Foundation
import Glibc

/// One figure of a run.
struct Figure {
    let name: String
    let value: Double
    let unit: String
    /// What the value is compared with, and how many times as much it is.
    var comparison: String = ""

    var shown: String {
        let digits = value >= 1_000 ? 0 : value >= 10 ? 1 : value >= 0.01 ? 2 : 4
        return "\(String(format: "%.\(digits)f", value)) \(unit)"
    }
}

enum Benchmark {
    /// How often something can be done in a second on one core: the median of five windows, after one to warm up.
    static func perSecond(window: Duration = .milliseconds(600), _ body: (Int) throws -> Void) rethrows -> Double {
        var rates: [Double] = []
        var number = 0
        for _ in 0..<6 {
            let (clock, before) = (ContinuousClock(), number)
            let started = clock.now
            repeat {
                try body(number)
                number += 1
            } while clock.now - started < window
            rates.append(Double(number - before) / ((clock.now - started) / .seconds(1)))
        }
        return rates.dropFirst().sorted()[2]
    }

    /// The same for steps that wait.
    static func perSecond(
        window: Duration = .milliseconds(600), _ body: (Int) async throws -> Void
    ) async rethrows -> Double {
        var rates: [Double] = []
        var number = 0
        for _ in 0..<6 {
            let (clock, before) = (ContinuousClock(), number)
            let started = clock.now
            repeat {
                try await body(number)
                number += 1
            } while clock.now - started < window
            rates.append(Double(number - before) / ((clock.now - started) / .seconds(1)))
        }
        return rates.dropFirst().sorted()[2]
    }

    /// The CPU seconds that this process and its ended children used.
    static var cpuSeconds: Double {
        func seconds(_ who: Int32) -> Double {
            var usage = rusage()
            getrusage(who, &usage)
            return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        }
        return seconds(Int32(RUSAGE_SELF.rawValue)) + seconds(Int32(RUSAGE_CHILDREN.rawValue))
    }
}
