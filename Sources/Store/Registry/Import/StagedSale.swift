import Domain

/// A checked row of a sales file.
package struct StagedSale: Sendable {
    package var line: Int
    package var sale: Sale
    package var instalments: [(due: CalendarDate, cost: Money)]

    package init(line: Int, sale: Sale, instalments: [(due: CalendarDate, cost: Money)]) {
        self.line = line
        self.sale = sale
        self.instalments = instalments
    }
}
