import GRDB

/// The schema version of a database relative to this program.
enum SchemaVersion: Hashable {
    /// It has no tables.
    case empty
    /// It has the tables of an earlier version; its latest migration step, if any is recorded.
    case older(String?)
    case current
    /// It has migration steps that are unknown to this program.
    case newer(unknown: [String])

    init(_ database: Database) throws {
        let migrator = Schema.migrator
        let applied = try migrator.appliedIdentifiers(database)
        let unknown = applied.subtracting(migrator.migrations)
        if !unknown.isEmpty {
            self = .newer(unknown: unknown.sorted())
        } else if try migrator.hasCompletedMigrations(database) {
            self = .current
        } else if try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0 {
            self = .empty
        } else {
            self = .older(migrator.migrations.last { applied.contains($0) })
        }
    }
}
