import Domain
import Foundation
import GRDB
import Gateway
import Store
import TestSupport

/// A payment against the bare database on the same disk, and the start with a large registry.
enum StoreBenchmarks {
    static func payments() async throws -> [Figure] {
        try await Fixtures.withFolder { folder in
            let bare = try bareCommits(folder)
            let gateway = try await BenchmarkGateway(
                database: folder.appendingPathComponent("gateway.db").path, customers: 1)
            let cpu = Benchmark.cpuSeconds
            var count = 0
            let rate = try await Benchmark.perSecond { number in
                try await gateway.pay(number)
                count += 1
            }
            let perPayment = (Benchmark.cpuSeconds - cpu) * 1_000 / Double(max(count, 1))
            try gateway.gateway.store.close()
            return [
                Figure(name: "bare SQLite, one row a transaction, synchronous = FULL", value: bare, unit: "commits/s"),
                Figure(
                    name: "payments, from the modem's part to the queued token (three commits each)", value: rate,
                    unit: "payments/s",
                    comparison: String(format: "%.2f of the bare commits", rate * 3 / bare)),
                Figure(name: "CPU of a payment", value: perPayment, unit: "ms"),
            ]
        }
    }

    /// What the disk and SQLite give to somebody who inserts one row at a time.
    private static func bareCommits(_ folder: URL) throws -> Double {
        let queue = try DatabaseQueue(path: folder.appendingPathComponent("bare.db").path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            try database.execute(sql: "CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        }
        let text = BenchmarkGateway.payment(1)
        let rate = try Benchmark.perSecond { _ in
            try queue.write { try $0.execute(sql: "INSERT INTO row (text) VALUES (?)", arguments: [text]) }
        }
        try queue.close()
        return rate
    }

    static func start() async throws -> [Figure] {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("large.db").path
            let gateway = try await BenchmarkGateway(database: path, customers: 200_000)
            try gateway.gateway.store.close()
            let bare = try seconds {
                let queue = try DatabaseQueue(path: path)
                _ = try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM customer") }
                try queue.close()
            }
            let clock = ContinuousClock()
            let started = clock.now
            let again = try await BenchmarkGateway(database: path)
            let counts = try await again.gateway.steps.read { try $0.registry.counts() }
            let own = (clock.now - started) / .seconds(1)
            try again.gateway.store.close()
            return [
                Figure(name: "bare SQLite: open and count 200,000 customers", value: bare * 1_000, unit: "ms"),
                Figure(
                    name: "start with \(counts.customers) customers, until the first answer", value: own * 1_000,
                    unit: "ms", comparison: String(format: "%.1f times the bare opening", own / bare)),
            ]
        }
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let started = clock.now
        try body()
        return (clock.now - started) / .seconds(1)
    }
}
