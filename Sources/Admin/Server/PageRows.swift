/// The rows of one page. One row more than the page holds is read, to know whether another page follows.
struct PageRows<Row> {
    let rows: [Row]

    /// The cursor of the next page; `nil` if this is the last.
    let next: String?

    init(_ limit: Int, cursor: (Row) -> String, read: (_ limit: Int) throws -> [Row]) rethrows {
        let found = try read(limit + 1)
        rows = Array(found.prefix(limit))
        next = found.count > limit ? rows.last.map(cursor) : nil
    }
}
