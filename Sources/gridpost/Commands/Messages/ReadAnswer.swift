import Domain
import ArgumentParser
import Foundation
import Messages

struct ReadAnswer: Encodable {
    let id: LineID
    var disposition: String
    let provider: String?
    let format: String?
    let fields: PaymentFields
    let language: String?
    var person: PersonAnswer?

    init(id: LineID, _ reading: ProviderReading) {
        self.id = id
        disposition = reading.disposition.rawValue
        provider = reading.provider
        format = reading.format
        // The fields of an imitated provider text are not trusted.
        fields = reading.disposition == .quarantine || reading.disposition == .person ? PaymentFields() : reading.fields
        language = reading.language
    }

    private enum Key: String, CodingKey {
        case id, disposition, provider, format, fields, intent, intents, slots, language
    }

    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(disposition, forKey: .disposition)
        try container.encode(provider, forKey: .provider)
        try container.encode(format, forKey: .format)
        var fields = container.nestedContainer(keyedBy: Name.self, forKey: .fields)
        let named = self.fields.named
        for name in [
            "txn_id", "original_txn_id", "amount", "currency", "payer_name", "payer_msisdn", "reference", "new_balance",
            "fee",
            "timestamp",
        ] {
            try fields.encode(named[name], forKey: Name(stringValue: name))
        }
        let intents = person?.intents ?? []
        try container.encode(intents.count > 1 ? "multi_intent" : intents.first, forKey: .intent)
        try container.encode(intents, forKey: .intents)
        try container.encode(person?.slots ?? [:], forKey: .slots)
        try container.encode(person?.language ?? language, forKey: .language)
    }
}
