/// A property of the database that must hold: a query for the rows that violate it.
struct AuditProof {
    let name: String
    /// Each row's first column says what is wrong.
    let query: String

    init(_ name: String, _ query: String) {
        self.name = name
        self.query = query
    }
}
