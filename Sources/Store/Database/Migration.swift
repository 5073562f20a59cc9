import Domain
import GRDB

/// Brings a database to the version of this program.
struct Migration {
    let path: String
    var copy: MigrationCopy

    init(path: String) {
        self.path = path
        copy = MigrationCopy(path: path)
    }

    /// Refuses a newer database. Copies one that has something in it before its tables are changed; gives back where the
    /// copy is.
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
            // A daemon that is started again and again must not replace the older copies with copies of the same.
            if (try? pool.read { try SchemaVersion($0) }) == before { copy.remove(made) }
            throw error
        }
        return made
    }
}

/// How far a database is, compared with this program.
enum SchemaVersion: Hashable {
    /// There is nothing in it.
    case empty
    /// It has the tables of an earlier version; the latest of its steps, if it knows of any.
    case older(String?)
    case current
    /// It has steps that this program does not know.
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
