import GRDB
import Store

/// Creates a database that a newer version of the program has migrated.
enum NewerDatabase {
    static func make(at path: String) async throws {
        try Store(path: path).close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('1000')") }
        try queue.close()
    }
}
