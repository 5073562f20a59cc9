/// One entry of a ticket's thread.
package struct ThreadEntry: Sendable, Hashable {
    package var id = EntryID(0)
    package var at: Timestamp
    package var author: ThreadAuthor
    package var name: String?
    package var phone: PhoneNumber?
    package var body: String
    /// Whether it is an internal note of staff, not sent to the customer or contractor.
    package var isNote = false
    package var message: InboxMessageID?

    package init(_ author: ThreadAuthor, name: String?, phone: PhoneNumber?, _ body: String, at now: Timestamp) {
        self.author = author
        self.name = name
        self.phone = phone
        self.body = body
        at = now
    }
}
