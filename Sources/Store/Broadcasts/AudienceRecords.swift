import Domain
import GRDB

/// Finds the recipients of an audience.
package struct AudienceRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// The kinds of names that an audience may contain.
    package enum NameKind: String, Sendable, CaseIterable {
        case cluster, miniGrid, village, connectionGroup, connectionType, tariff
    }

    /// All names of one kind.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func names(_ kind: NameKind) throws -> [String] {
        let sql =
            switch kind {
            case .cluster: "SELECT name FROM cluster"
            case .miniGrid: "SELECT name FROM mini_grid"
            case .village: "SELECT DISTINCT name FROM village"
            case .connectionGroup: "SELECT DISTINCT connection_group FROM customer WHERE connection_group IS NOT NULL"
            case .connectionType: "SELECT DISTINCT connection_type FROM customer WHERE connection_type IS NOT NULL"
            case .tariff: "SELECT name FROM tariff"
            }
        return try String.fetchAll(database, sql: sql)
    }

    /// The recipients of an audience, one element per phone of each person; a phone may occur several times.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func members(of audience: Audience) throws -> [AudienceMember] {
        var members: [AudienceMember] = []
        if audience.choosesCustomers { members += try customers(audience) }
        if !audience.customers.isEmpty { members += try singleCustomers(audience.customers) }
        for (role, isWanted) in [
            (PersonRole.contractor, audience.contractors || audience.everybody),
            (.agent, audience.agents || audience.everybody),
        ] where isWanted {
            members += try people(role, audience)
        }
        return members
    }

    private func customers(_ audience: Audience) throws -> [AudienceMember] {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        func any(_ column: String, _ values: [String]) -> String? {
            guard !values.isEmpty else { return nil }
            arguments += StatementArguments(values)
            return "\(column) IN (\(Array(repeating: "?", count: values.count).joined(separator: ", ")))"
        }
        // The first device that matches the audience's device conditions, or the first device if there are none.
        let device = [
            any("d.kind", audience.deviceKinds.map(\.rawValue)), any("t.name", audience.tariffs),
        ].compactMap { $0 }
        if !device.isEmpty { conditions.append("device.id IS NOT NULL") }
        if !audience.everybody {
            let places = [
                any("cluster.name", audience.clusters), any("mini_grid.name", audience.miniGrids),
                any("village.name", audience.villages),
            ].compactMap { $0 }
            if !places.isEmpty { conditions.append("(" + places.joined(separator: " OR ") + ")") }
            conditions += [
                any("connection_group", audience.connectionGroups), any("connection_type", audience.connectionTypes),
            ].compactMap { $0 }
        }
        return try rows(device: device, conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "), arguments)
    }

    private func singleCustomers(_ numbers: [Int64]) throws -> [AudienceMember] {
        try rows(
            device: [], "customer.id IN (\(Array(repeating: "?", count: numbers.count).joined(separator: ", ")))",
            StatementArguments(numbers))
    }

    private func rows(device: [String], _ condition: String, _ arguments: StatementArguments) throws -> [AudienceMember]
    {
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT phone, customer.id, COALESCE((SELECT language FROM phone_choice WHERE phone_choice.phone = p.phone),
                customer.language), customer.name, surname, village.name, mini_grid.name, cluster.name, device.serial, tariff.name
                FROM customer JOIN customer_phone p ON p.customer_id = customer.id JOIN village ON village.id = village_id
                JOIN mini_grid ON mini_grid.id = mini_grid_id JOIN cluster ON cluster.id = cluster_id
                LEFT JOIN device ON device.id = (SELECT MIN(d.id) FROM device d LEFT JOIN tariff t ON t.id = d.tariff_id
                WHERE d.customer_id = customer.id\(device.map { " AND " + $0 }.joined()))
                LEFT JOIN tariff ON tariff.id = device.tariff_id WHERE \(condition) ORDER BY customer.id, p.rowid
                """, arguments: arguments)
        var members: [AudienceMember] = []
        while let row = try cursor.next() {
            members.append(
                AudienceMember(
                    phone: row[0], customer: row[1], language: row[2], name: row[3], surname: row[4], village: row[5],
                    miniGrid: row[6], cluster: row[7], serial: row[8], tariff: row[9]))
        }
        return members
    }

    /// People of a role who work for one of the audience's mini-grids or for all mini-grids.
    private func people(_ role: PersonRole, _ audience: Audience) throws -> [AudienceMember] {
        let wanted = try miniGrids(of: audience)
        return try transaction.people.active(role).filter { person in
            guard let wanted, !audience.everybody, !person.miniGrids.isEmpty else { return true }
            return person.miniGrids.contains(where: wanted.contains)
        }.flatMap { person in
            try person.phones.map { phone in
                AudienceMember(
                    phone: phone.e164, language: try transaction.choices.language(of: phone) ?? person.language,
                    name: person.name)
            }
        }
    }

    /// The mini-grids of the audience's places; `nil` if it names no places.
    private func miniGrids(of audience: Audience) throws -> Set<String>? {
        guard audience.hasPlaces else { return nil }
        var found = Set(audience.miniGrids)
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT mini_grid.name AS mini_grid, cluster.name AS cluster, village.name AS village FROM mini_grid
                JOIN cluster ON cluster.id = cluster_id LEFT JOIN village ON village.mini_grid_id = mini_grid.id
                """)
        where audience.clusters.contains(row["cluster"])
            || (row["village"] as String?).map(audience.villages.contains) == true
        {
            found.insert(row["mini_grid"])
        }
        return found
    }

    /// The credit balance of each customer who has had credit.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func credits() throws -> [Int64: Money] {
        var credits: [Int64: Money] = [:]
        for row in try Row.fetchAll(
            database,
            sql: """
                SELECT customer_id, SUM(amount) AS balance FROM posting WHERE account = 'credit' AND customer_id IS NOT NULL
                GROUP BY customer_id
                """)
        {
            credits[row["customer_id"]] = Money(minor: -(row["balance"] as Int64))
        }
        return credits
    }
}

extension Transaction {
    package var audiences: AudienceRecords { AudienceRecords(transaction: self) }
}
