/// An item of a durable queue. It is recorded before it is processed, so that a poison item is found after a crash.
package struct WorkItem: Sendable, Hashable {
    /// A durable queue.
    package enum Queue: String, Sendable, CaseIterable {
        /// Inbound messages, by their ids.
        case inbox
        /// Outgoing messages, by their ids.
        case outbox
        /// Scheduled duties, by their names.
        case duty
        /// Token requests to vendors, by their ids.
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
