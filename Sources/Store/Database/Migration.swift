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
