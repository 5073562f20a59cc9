package struct OpenInstalment: Hashable, Sendable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let open: Money

    package init(id: InstalmentID, due: CalendarDate, open: Money) {
        self.id = id
        self.due = due
        self.open = open
    }
}
