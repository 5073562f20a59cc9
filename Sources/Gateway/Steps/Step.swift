import Domain
import Store
import Workers

/// One unit of work: an open transaction, the moment that it counts for, and the company that it is done for.
///
/// The records of the database are reached through it (`step.payments`). What it wakes and announces is done once it has
/// committed, and not at all when it has not.
@dynamicMemberLookup
package struct Step {
    package let transaction: Transaction
    /// The moment of everything in this step, however long it takes.
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

    /// The company's date at the moment of the step.
    package var today: CalendarDate { company.calendar.today(at: now) }

    /// The moment so long before the step's.
    package func ago(_ duration: Duration) -> Timestamp { now.adding(.zero - duration) }

    /// Does something whole or not at all, without ending the step.
    /// - Throws: what `body` throws, after everything that it did was undone.
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value { try transaction.attempt(body) }

    /// Wakes the workers that wait for this, after the commit. What queues messages and alerts does it by itself.
    package func wake(_ work: Work) { transaction.wake(work) }

    /// Tells listeners of an event, after the commit.
    package func announce(_ kind: Event.Kind, _ subject: Int64, _ note: String? = nil) throws {
        try transaction.events.note(kind, subject, note, at: now)
    }

    /// Wakes those who follow something's progress, after the commit, without an event of its own.
    package func wakeListeners() { transaction.wakeListeners() }

    /// Has staff told of something by SMS.
    package func alert(_ kind: Alert.Kind, _ facts: [String: String]) throws {
        try transaction.alerts.note(kind, facts, at: now)
    }
}
