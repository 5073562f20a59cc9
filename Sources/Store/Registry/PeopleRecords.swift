import Domain
import GRDB

/// Contractors, agents and staff.
package struct PeopleRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores a person with phones and mini-grids.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func insert(_ person: Person, at now: Timestamp) throws -> PersonID {
        try database.execute(
            sql: "INSERT INTO person (role, name, language, created_at) VALUES (?, ?, ?, ?)",
            arguments: [person.role.rawValue, person.name, person.language, now.milliseconds])
        let id = PersonID(transaction.lastRow)
        try setContacts(of: id, person)
        return id
    }

    /// Replaces a person's name, language, phones and mini-grids.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func update(_ person: Person) throws {
        try database.execute(
            sql: "UPDATE person SET name = ?, language = ? WHERE id = ?",
            arguments: [person.name, person.language, person.id.number])
        try database.execute(sql: "DELETE FROM person_phone WHERE person_id = ?", arguments: [person.id.number])
        try database.execute(sql: "DELETE FROM person_mini_grid WHERE person_id = ?", arguments: [person.id.number])
        try setContacts(of: person.id, person)
    }

    private func setContacts(of id: PersonID, _ person: Person) throws {
        for phone in person.phones {
            try database.execute(
                sql: "INSERT INTO person_phone (person_id, phone) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [id.number, phone.e164])
        }
        for miniGrid in person.miniGrids {
            try database.execute(
                sql:
                    "INSERT INTO person_mini_grid (person_id, mini_grid_id) SELECT ?, id FROM mini_grid WHERE name = ? ON CONFLICT DO NOTHING",
                arguments: [id.number, miniGrid])
        }
    }

    /// Retires a person: texts from their phones are treated as a stranger's. Their records are kept.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func retire(_ id: PersonID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE person SET retired_at = ? WHERE id = ?", arguments: [now.milliseconds, id.number])
    }

    /// The person with an id, retired or not; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func person(_ id: PersonID) throws -> Person? { try people("person.id = ?", [id.number]).first }

    /// The active person of a role who uses a phone.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func person(_ role: PersonRole, phone: PhoneNumber) throws -> Person? {
        try people(
            """
            role = ? AND retired_at IS NULL AND person.id IN (SELECT person_id FROM person_phone WHERE phone = ?)
            ORDER BY person.id
            """, [role.rawValue, phone.e164]
        ).first
    }

    /// All active people of a role.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func active(_ role: PersonRole) throws -> [Person] {
        try people("role = ? AND retired_at IS NULL ORDER BY person.id", [role.rawValue])
    }

    /// Active people of a role with ids above `after`, in order of their ids.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func people(_ role: PersonRole, after: Int64, limit: Int) throws -> [Person] {
        try people(
            "role = ? AND retired_at IS NULL AND person.id > ? ORDER BY person.id LIMIT ?",
            [role.rawValue, after, limit])
    }

    /// Many people by their ids, retired ones included.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func people(_ ids: [PersonID]) throws -> [PersonID: Person] {
        let marks = Array(repeating: "?", count: Set(ids).count).joined(separator: ", ")
        guard !marks.isEmpty else { return [:] }
        return try people("person.id IN (\(marks))", StatementArguments(Set(ids.map(\.number))))
            .reduce(into: [:]) { $0[$1.id] = $1 }
    }

    /// The names of many people by their ids, retired ones included.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func names(of people: [PersonID]) throws -> [PersonID: String] {
        try transaction.rows(of: people.map(\.number), by: "id", "SELECT id, name FROM person WHERE id IN (#)")
            .reduce(into: [:]) { $0[PersonID($1.key)] = $1.value.first?["name"] }
    }

    private func people(_ condition: String, _ arguments: StatementArguments) throws -> [Person] {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM person WHERE \(condition)", arguments: arguments)
        let ids: [Int64] = rows.map { $0["id"] }
        let phones = try transaction.rows(
            of: ids, by: "person_id", "SELECT person_id, phone FROM person_phone WHERE person_id IN (#) ORDER BY rowid")
        let miniGrids = try transaction.rows(
            of: ids, by: "person_id",
            """
            SELECT person_id, name FROM mini_grid JOIN person_mini_grid ON mini_grid_id = mini_grid.id
            WHERE person_id IN (#) ORDER BY name
            """)
        return try rows.map { row in
            let id: Int64 = row["id"]
            var person = Person(
                role: try row.known("role", of: "person"), name: row["name"], language: row["language"],
                phones: (phones[id] ?? []).compactMap { PhoneNumber(e164: $0["phone"] as String) },
                miniGrids: (miniGrids[id] ?? []).map { $0["name"] })
            person.id = PersonID(id)
            person.isRetired = (row["retired_at"] as Int64?) != nil
            return person
        }
    }
}

extension Transaction {
    package var people: PeopleRecords { PeopleRecords(transaction: self) }
}
