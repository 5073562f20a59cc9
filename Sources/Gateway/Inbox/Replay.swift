import Messages
import Store
import Domain

/// Reads providers' stored messages again after formats have changed, and handles those that are now read differently.
/// Messages of people are never answered twice, and no payment is created twice, because ids are unique.
package struct Replay: Sendable {
    package struct Change: Sendable, Hashable {
        package let message: InboxMessageID
        package let originator: String
        package let was: String
        package let becomes: Disposition
        package let provider: String?
        package let format: String?
    }

    private let library: CurrentLibrary

    package init(_ gateway: Gateway) {
        library = gateway.library
    }

    /// Maximum number of messages in one replay.
    package static let most = 20_000

    /// The messages that are now read differently: one message, or all since a time, oldest first.
    /// - Throws: `StoreError`.
    package func changes(of only: InboxMessageID?, since moment: Timestamp?, _ step: Step) throws
        -> [Change]
    {
        let reader = library.reader
        return try step.inbox.replayable(only, since: moment, limit: Self.most).compactMap { message in
            let originator = Originator(message.originator, plan: step.company.country.plan)
            guard originator.phone == nil, reader.knows(originator: message.originator) else { return nil }
            let reading = reader.read(
                from: originator, raw: message.originator, text: message.body,
                country: step.company.country.code)
            let isSame = reading.disposition == message.disposition && reading.format == message.format
            guard !isSame || message.state == .failed else { return nil }
            return Change(
                message: message.id, originator: message.originator,
                was: message.disposition?.rawValue ?? message.state.rawValue, becomes: reading.disposition,
                provider: reading.provider, format: reading.format)
        }
    }

    /// Puts the messages back in the queue. Their worker is woken after the commit.
    /// - Throws: `StoreError`.
    package func replay(_ changes: [Change], _ step: Step) throws {
        for change in changes { try step.inbox.reopen(change.message) }
    }
}
