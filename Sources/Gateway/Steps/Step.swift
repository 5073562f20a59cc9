import Domain
import Store
import Workers

/// One unit of work: an open transaction, its time and the company it is done for.
///
/// The records of the database are reached through it (`step.payments`). Wake-ups and announcements take effect only
/// after the commit.
@dynamicMemberLookup
package struct Step {
    package let transaction: Transaction
    /// The time of everything done in this step, however long it takes.
    package let now: Timestamp
    package let company: Company

    package init(_ transaction: Transaction, at now: Timestamp, for company: Company) {
        self.transaction = transaction
        self.now = now
        self.company = company
    }

    package subscript<Records>(dynamicMember records: KeyPath<Transaction, Records>) -> Records {
        transaction[keyPath: records]
    }

    /// The company's date at the time of the step.
    package var today: CalendarDate { company.calendar.today(at: now) }

    /// The time that lies `duration` before the step.
    package func ago(_ duration: Duration) -> Timestamp { now.adding(.zero - duration) }

    /// Runs `body` in a savepoint of this step: if it throws, its changes are undone and the step goes on.
    /// - Throws: the error of `body`.
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value { try transaction.attempt(body) }

    /// Wakes the workers for this kind of work after the commit. Queueing messages and alerts does this by itself.
    package func wake(_ work: Work) { transaction.wake(work) }

    /// Records an event, and tells listeners of it after the commit.
    /// - Throws: `StoreError`.
    package func announce(_ kind: Event.Kind, _ subject: Int64, _ note: String? = nil) throws {
        try transaction.events.note(kind, subject, note, at: now)
    }

    /// Wakes the listeners after the commit without recording an event.
    package func wakeListeners() { transaction.wakeListeners() }

    /// Queues an alert that is sent to staff by SMS.
    /// - Throws: `StoreError`.
    package func alert(_ kind: Alert.Kind, _ facts: [String: String]) throws {
        try transaction.alerts.note(kind, facts, at: now)
    }
}
