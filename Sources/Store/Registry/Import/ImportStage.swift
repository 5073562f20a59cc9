import Domain
import Foundation
import GRDB
import NIOConcurrencyHelpers

/// The checked rows of a large import, not registered yet. They are in a file of their own beside the database, so that
/// other writers do not wait for them. There is one import at a time; the next one removes what a crash left.
package final class ImportStage: Sendable {
    let path: String
    private let queue: DatabaseQueue
    private let isEnded = NIOLockedValueBox(false)

    /// Creates the file.
    /// - Throws: `DatabaseError` if the file cannot be written, for example because the disk is full.
    package init(beside store: Store) throws {
        path = store.path + ".import"
        Self.remove(path)
        var configuration = Configuration()
        configuration.label = "import"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { database in
            // After a crash the rows are imported from the CSV file again, so they need not be durable.
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            try database.execute(sql: Self.tables)
        }
    }

    deinit { end() }

    /// Removes the file. Call it before the next import begins, because the last reference may be released at any time.
    package func end() {
        let wasEnded = isEnded.withLockedValue { isEnded in
            defer { isEnded = true }
            return isEnded
        }
        guard !wasEnded else { return }
        try? queue.close()
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    private static let tables = """
        CREATE TABLE staged_customer (
            number INTEGER PRIMARY KEY, line INTEGER NOT NULL, name TEXT NOT NULL, surname TEXT, language TEXT,
            cluster TEXT NOT NULL, mini_grid TEXT NOT NULL, village TEXT NOT NULL, connection_group TEXT,
            connection_type TEXT
        ) STRICT;
        CREATE TABLE staged_phone (customer INTEGER NOT NULL, phone TEXT NOT NULL) STRICT;
        CREATE TABLE staged_device (
            number INTEGER PRIMARY KEY, line INTEGER NOT NULL, customer INTEGER, customer_id INTEGER, kind TEXT NOT NULL,
            serial TEXT NOT NULL, manufacturer TEXT, token TEXT NOT NULL, tariff TEXT, sgc TEXT, krn INTEGER, kt INTEGER,
            ti INTEGER, ea INTEGER, base_date INTEGER, paygo_key TEXT, paygo_start INTEGER, paygo_count INTEGER,
            paygo_divider INTEGER, paygo_restricted INTEGER, paygo_extended INTEGER, access_next TEXT,
            price_per_day INTEGER
        ) STRICT;
        CREATE TABLE staged_sale (
            number INTEGER PRIMARY KEY, line INTEGER NOT NULL, customer_id INTEGER NOT NULL, device_id INTEGER,
            appliance_id INTEGER, name TEXT NOT NULL, price INTEGER NOT NULL, list_price INTEGER,
            down_payment INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE staged_instalment (sale INTEGER NOT NULL, due TEXT NOT NULL, cost INTEGER NOT NULL) STRICT;
        """

    /// Stages customers with their devices.
    /// - Throws: `StoreError.unavailable` if the file cannot be written.
    package func add(_ rows: [StagedCustomer]) async throws {
        try await write { database in
            for row in rows {
                let (customer, device) = (row.customer, row.device)
                if case .new(let number) = row.owner {
                    try database.run(
                        "INSERT INTO staged_customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        [
                            number, row.line, customer.name, customer.surname, customer.language, customer.cluster,
                            customer.miniGrid, customer.village, customer.connectionGroup, customer.connectionType,
                        ])
                    for phone in customer.phones {
                        try database.run("INSERT INTO staged_phone VALUES (?, ?)", [number, phone.e164])
                    }
                }
                let (key, paygo) = (device.meterKey, device.paygo)
                try database.run(
                    """
                    INSERT INTO staged_device (line, customer, customer_id, kind, serial, manufacturer, token, tariff, sgc, krn,
                    kt, ti, ea, base_date, paygo_key, paygo_start, paygo_count, paygo_divider, paygo_restricted,
                    paygo_extended, access_next, price_per_day)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        row.line, row.owner.staged, row.owner.registered?.number, device.kind.rawValue,
                        device.serial.text, device.manufacturer, device.token, device.tariff, key?.supplyGroup,
                        key?.keyRevision, key?.keyType, key?.tariffIndex, key?.algorithm, key?.baseDate, paygo?.key,
                        paygo?.start, paygo?.count, paygo?.divider ?? 1, paygo?.isRestricted ?? false,
                        paygo?.isExtended ?? false, row.accessFrom?.description, row.pricePerDay?.tenThousandths,
                    ])
            }
        }
    }

    /// Stages sales with their instalments.
    /// - Throws: `StoreError.unavailable` if the file cannot be written.
    package func add(_ rows: [StagedSale]) async throws {
        try await write { database in
            for row in rows {
                let sale = row.sale
                try database.run(
                    """
                    INSERT INTO staged_sale (line, customer_id, device_id, appliance_id, name, price, list_price, down_payment)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    [
                        row.line, sale.customer.number, sale.device?.number, sale.appliance?.number, sale.name,
                        sale.price.minor, sale.listPrice?.minor, sale.downPayment.minor,
                    ])
                let number = database.lastInsertedRowID
                for instalment in row.instalments {
                    try database.run(
                        "INSERT INTO staged_instalment VALUES (?, ?, ?)",
                        [number, instalment.due.description, instalment.cost.minor])
                }
            }
        }
    }

    private func write(_ body: @escaping @Sendable (Database) throws -> Void) async throws {
        do {
            try await queue.write(body)
        } catch let error as DatabaseError where StoreError.troubles.contains(error.resultCode) {
            throw StoreError.unavailable("\(error)")
        }
    }
}

extension Database {
    fileprivate func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
