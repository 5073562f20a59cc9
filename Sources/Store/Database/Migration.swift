import GRDB

/// Migrates a database to the version of this program.
struct Migration {
    let path: String
    var copy: MigrationCopy

    init(path: String) {
        self.path = path
        copy = MigrationCopy(path: path)
    }

    /// Migrates the database. One that is not empty is copied first; returns the path of the copy.
    /// - Throws: `Store.Refusal` if the database is newer than this program or there is no room for the copy.
    func run(_ pool: DatabasePool) throws -> String? {
        let migrator = Schema.migrator
        let before = try pool.read { try SchemaVersion($0) }
        if case .newer(let unknown) = before { throw Store.Refusal.newer(path: path, unknown: unknown) }
        guard case .older = before else {
            try migrator.migrate(pool)
            return nil
        }
        let made = try copy.make(of: pool, before: Schema.latest)
        do {
            try migrator.migrate(pool)
        } catch {
            // A daemon that restarts repeatedly must not replace older copies with copies of the same version.
            if (try? pool.read { try SchemaVersion($0) }) == before { copy.remove(made) }
            throw error
        }
        return made
    }
}

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
