/// A step of a durable queue, noted before it is begun.
package struct WorkItem: Sendable, Hashable {
    package enum Queue: String, Sendable, CaseIterable {
        /// A message that came in; the item is its number.
        case inbox
        /// A message that goes out; the item is its number.
        case outbox
        /// What is due by the clock; the item is the duty's name.
        case duty
        /// A token that its maker is asked for; the item is the request's number.
        case tokenRequest = "token_request"
    }

    package let queue: Queue
    package let item: String

    package init(_ queue: Queue, _ item: String) {
        self.queue = queue
        self.item = item
    }

    package static func inbox(_ id: InboxMessageID) -> WorkItem { WorkItem(.inbox, "\(id)") }
    package static func outbox(_ id: OutboxMessageID) -> WorkItem { WorkItem(.outbox, "\(id)") }
    package static func tokenRequest(_ id: VendorTokenID) -> WorkItem { WorkItem(.tokenRequest, "\(id)") }
    package static func duty(_ name: String) -> WorkItem { WorkItem(.duty, name) }
}
