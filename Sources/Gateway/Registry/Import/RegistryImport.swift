import Messages
import Domain
import NIOConcurrencyHelpers
import Store
import Tokens

/// Imports CSV files into the registry.
///
/// Files of customers and sales can have hundreds of thousands of rows. They are checked in slices, staged outside the
/// main database and imported in one short step. The other kinds are small; they are checked and imported in one step.
package struct RegistryImport: Sendable {
    /// Runs in the same step after the rows are imported.
    package typealias Alongside = @Sendable (Step, ImportResult) throws -> Void

    let gateway: Gateway

    static let mostComponents = 50
    /// Rows that are read and checked together.
    private static let slice = 500
    /// Maximum number of rows of the kinds that are imported without staging.
    static let mostUnstaged = 2_000

    package init(_ gateway: Gateway) { self.gateway = gateway }

    /// Imports a file. An identical file of the same kind is imported only once, unless `again` is set.
    /// - Throws: `ClockRefusal` while the clock is not plausible, `ImportGate.Busy` while another import is running,
    ///   and `StoreError`.
    package func run(
        _ kind: ImportKind, _ text: String, dryRun: Bool, again: Bool = false, uid: UInt32?,
        alongside: @escaping Alongside = { _, _ in }
    ) async throws -> ImportResult {
        try gateway.importGate.enter(kind)
        defer { gateway.importGate.leave() }
        let now = gateway.clock.now
        let fingerprint = try LibCrypto.sha256(Array(text.utf8))
        if !again, let earlier = try await gateway.steps.read({ try $0.importedFiles.find(kind.rawValue, fingerprint) })
        {
            return ImportResult(
                kind: kind, rows: earlier.rows, bad: [], isDryRun: dryRun, importedAt: earlier.at)
        }
        if let fault = try await gateway.steps.read({ try $0.clock.fault(at: now) }) {
            throw ClockRefusal(fault: fault)
        }
        let book: Alongside = { step, result in
            try step.importedFiles.keep(kind.rawValue, fingerprint, rows: result.rows, at: now)
            try step.events.note(.registryChanged, Int64(result.rows), "import \(kind.rawValue)", at: now)
            try step.auditLog.note("import \(kind.rawValue)", detail: "\(result.rows) rows", uid: uid, at: now)
            try alongside(step, result)
        }
        let result = ImportResult(kind: kind, rows: 0, bad: [], isDryRun: dryRun)
        do {
            var sheet = try ImportSheet(text, kind)
            switch kind {
            case .customers: return try await importCustomers(&sheet, result, now, book)
            case .sales: return try await importSales(&sheet, result, now, book)
            default: return try await importAtOnce(&sheet, result, now, book)
            }
        } catch let fault as ImportSheet.Fault {
            return ImportResult(kind: kind, rows: 0, bad: fault.rows, isDryRun: dryRun)
        } catch let undo as Undo {
            return undo.result
        }
    }

    /// Rolls back the transaction and carries the result of the import.
    private struct Undo: Error {
        let result: ImportResult
    }

    // MARK: Staged imports

    private func importCustomers(
        _ sheet: inout ImportSheet, _ empty: ImportResult, _ now: Timestamp, _ book: @escaping Alongside
    ) async throws -> ImportResult {
        let stage = try ImportStage(beside: gateway.store)
        defer { stage.end() }
        let result = try await check(&sheet, empty, stage.add, CustomersSoFar()) {
            row, seen, step throws(RowFault) in
            try checkCustomer(row, &seen, step)
        }
        return try await move(stage, result, book) { staged, limit in
            let refused = try staged.refusedCustomers(limit: limit)
            if refused.isEmpty { try staged.registerCustomers(at: now) }
            return refused
        }
    }

    private func importSales(
        _ sheet: inout ImportSheet, _ empty: ImportResult, _ now: Timestamp, _ book: @escaping Alongside
    ) async throws -> ImportResult {
        let stage = try ImportStage(beside: gateway.store)
        defer { stage.end() }
        let result = try await check(&sheet, empty, stage.add, [:]) { row, seen, step throws(RowFault) in
            try checkSale(row, &seen, step)
        }
        return try await move(stage, result, book) { staged, limit in
            let refused = try staged.refusedSales(limit: limit)
            if refused.isEmpty { try staged.sell(at: now) }
            return refused
        }
    }

    /// Checks all rows slice by slice, so that other readers and writers get their turn, and stages the good rows.
    private func check<Staged: Sendable, Seen: Sendable>(
        _ sheet: inout ImportSheet, _ empty: ImportResult, _ stage: ([Staged]) async throws -> Void, _ none: Seen,
        _ check: @escaping @Sendable (ImportSheet.Row, inout Seen, Step) throws(RowFault) -> Staged
    ) async throws -> ImportResult {
        var result = empty
        // Used by the database's threads one after the other. It is too large to copy for each slice.
        let seen = NIOLockedValueBox(none)
        while true {
            let rows = try sheet.next(Self.slice, bad: &result.bad)
            guard !rows.isEmpty else { break }
            result.rows += rows.count
            let room = ImportResult.mostBadRows - result.bad.count
            let (staged, bad) = try await gateway.steps.read { step in
                var (staged, bad): ([Staged], [ImportResult.BadRow]) = ([], [])
                try seen.withLockedValue { seen in
                    for row in rows where bad.count < room {
                        do throws(RowFault) {
                            staged.append(try check(row, &seen, step))
                        } catch {
                            guard !error.isTrouble else { throw StoreError.unavailable(error.reason) }
                            bad.append(.init(line: row.line, reason: error.reason))
                        }
                    }
                }
                return (staged, bad)
            }
            result.bad += bad
            if result.bad.isEmpty { try await stage(staged) }
            await Task.yield()
        }
        result.bad.sort { $0.line < $1.line }
        return result
    }

    /// Imports the staged rows, unless the registry has changed in a way that makes some of them invalid.
    private func move(
        _ stage: ImportStage, _ result: ImportResult, _ book: @escaping Alongside,
        _ move: @escaping @Sendable (StagedRecords, Int) throws -> [(line: Int, reason: String)]
    ) async throws -> ImportResult {
        guard result.bad.isEmpty, !result.isDryRun else { return result }
        return try await gateway.steps.perform(with: stage) { step in
            var refused = result
            refused.bad = try move(step.staged, ImportResult.mostBadRows).map { .init(line: $0, reason: $1) }
            guard refused.bad.isEmpty else { throw Undo(result: refused) }
            try book(step, result)
            return result
        }
    }

    // MARK: Unstaged imports

    private func importAtOnce(
        _ sheet: inout ImportSheet, _ empty: ImportResult, _ now: Timestamp, _ book: @escaping Alongside
    ) async throws -> ImportResult {
        var read = empty
        let rows = try sheet.next(Self.mostUnstaged + 1, bad: &read.bad)
        guard rows.count <= Self.mostUnstaged else {
            throw ImportSheet.Fault(line: 1, "the file has more than \(Self.mostUnstaged) rows; split it")
        }
        read.rows = rows.count
        let (kind, before) = (read.kind, read)
        return try await gateway.steps.perform(at: now) { step in
            var result = before
            var seen: [String: Int] = [:]
            for row in rows where result.bad.count < ImportResult.mostBadRows {
                do throws(RowFault) {
                    switch kind {
                    case .tariffs: try addTariff(row, &seen, step)
                    case .appliances: try addAppliance(row, &seen, step)
                    case .contractors: try addPerson(.contractor, row, &seen, step)
                    case .agents: try addPerson(.agent, row, &seen, step)
                    case .staff: try addPerson(.staff, row, &seen, step)
                    case .categories: try addCategory(row, &seen, step)
                    case .customers, .sales: throw RowFault("must be imported in slices")
                    }
                } catch {
                    guard !error.isTrouble else { throw StoreError.unavailable(error.reason) }
                    result.bad.append(.init(line: row.line, reason: error.reason))
                }
            }
            result.bad.sort { $0.line < $1.line }
            guard result.bad.isEmpty, !result.isDryRun else { throw Undo(result: result) }
            try book(step, result)
            return result
        }
    }

    // MARK: Columns of several kinds

    func language(_ row: ImportSheet.Row) throws(RowFault) -> String? {
        let known = gateway.library.texts.languages
        if let language = row["language"], !known.contains(language) {
            throw RowFault(
                "there are no texts in language '\(language)'; available: \(known.joined(separator: ", "))")
        }
        return row["language"]
    }

    func phones(_ row: ImportSheet.Row) throws(RowFault) -> [PhoneNumber] {
        var phones: [PhoneNumber] = []
        for typed in try row.required("phone").split(separator: ";") {
            guard let phone = gateway.company.country.plan.phone(String(typed).trimmingSpaces) else {
                throw RowFault(
                    "'\(typed)' is not a phone number of \(gateway.company.country.name), nor one with + and country code"
                )
            }
            if !phones.contains(phone) { phones.append(phone) }
        }
        guard !phones.isEmpty else { throw RowFault("'phone' is empty") }
        return phones
    }

    /// Runs a database operation and turns its error into a `RowFault` that says whether the database failed.
    func storing<Value>(_ body: () throws -> Value) throws(RowFault) -> Value {
        do {
            return try body()
        } catch {
            throw RowFault(storing: error)
        }
    }
}
