import Store
import Domain
import Gateway

package struct BroadcastView: Codable, Sendable {
    package struct TextView: Codable, Sendable {
        /// Empty for the text that is used if there is no text in a recipient's language.
        package var language: String
        package var text: String
    }

    package var id: Int64
    package var `class`: String
    package var state: String
    package var texts: [TextView]
    package var recipients: Int
    package var parts: Int
    package var price: MoneyView?
    package var optedOut: Int
    package var startsAt: String
    package var createdAt: String
    package var endedAt: String?
    package var counts: BroadcastCountsView

    init(_ broadcast: Broadcast, _ step: Step, _ gateway: Gateway) throws {
        id = broadcast.id.number
        `class` = broadcast.broadcastClass.rawValue
        state = broadcast.state.rawValue
        texts = broadcast.texts.sorted { $0.key < $1.key }.map { .init(language: $0.key, text: $0.value) }
        recipients = broadcast.recipients
        parts = broadcast.parts
        price = Broadcasts(gateway).price(broadcast.parts).map { MoneyView($0, gateway.company.currency) }
        optedOut = broadcast.optedOut
        startsAt = broadcast.startsAt.rfc3339
        createdAt = broadcast.createdAt.rfc3339
        endedAt = broadcast.endedAt?.rfc3339
        counts = BroadcastCountsView(try step.broadcasts.counts(of: broadcast.id))
    }
}
