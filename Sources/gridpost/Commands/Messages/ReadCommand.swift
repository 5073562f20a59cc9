import ArgumentParser
import Domain
import Foundation
import Messages

struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read texts as the daemon would: JSON lines in, JSON lines out.",
        discussion: """
            Example:
              echo '{"id":1,"from":"MPESA","country":"KE","text":"..."}' | gridpost read

            A line has id, from and text, and may have country, smsc, received_at, role, known and meters. With role or known,
            the sender is known to the company, and a text that is not a provider's is read as 'person'. Otherwise the text is
            only checked for provider messages, and other texts are 'ignore'.
            """)

    @Option(help: "The configuration file; default: all shipped formats.")
    var config: String?

    func run() async throws {
        let library = try load()
        let reader = library.reader
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        while let line = readLine() {
            if line.isEmpty { continue }
            do {
                guard line.utf8.count <= 64 * 1024 else {
                    throw LineFault(description: "the line is longer than 64 KiB")
                }
                let request = try decoder.decode(ReadRequest.self, from: Data(line.utf8))
                let answer = request.read(by: reader, library: library)
                Terminal.say(String(decoding: try encoder.encode(answer), as: UTF8.self))
            } catch {
                let fault = ["error": "the line is not a valid request: \(error)"]
                Terminal.say(String(decoding: (try? encoder.encode(fault)) ?? Data("{}".utf8), as: UTF8.self))
            }
        }
    }

    private struct LineFault: Error, CustomStringConvertible {
        let description: String
    }

    private func load() throws -> Library {
        do {
            let paths = InstalledPaths()
            guard let config else { return try Library(try paths.templates(nil, overrides: nil)) }
            let configuration = try ConfigurationFile.read(config)
            let folders = try paths.templates(configuration.paths.templates, overrides: configuration.paths.overrides)
            let wallets = Set(configuration.providers)
            return try Library(folders, wallets: .inUse(wallets, country: configuration.company.country))
        } catch {
            Terminal.complain("gridpost: \(error)")
            throw ExitCode(1)
        }
    }
}

/// The id of a line: a string, a number or null, as chosen by the caller.
private enum LineID: Codable {
    case text(String)
    case number(Int64)
    case none

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let number = try? container.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .none: try container.encodeNil()
        }
    }
}

private struct ReadRequest: Decodable {
    let id: LineID?
    let from: String
    let text: String
    let country: String?
    let role: String?
    let known: Bool?
    let meters: [String]?
    let openTickets: [Int64]?

    func read(by reader: PaymentReader, library: Library) -> ReadAnswer {
        // Without a country, a number must have a plus sign and country code, or it is read as a short code.
        let plan = country.flatMap { library.countries[$0]?.plan } ?? .anywhere
        let originator = Originator(from, plan: plan)
        let reading = reader.read(from: originator, raw: from, text: text, country: country)
        var answer = ReadAnswer(id: id ?? .none, reading)
        if reading.disposition == .person, role == nil, known == nil {
            answer.disposition = Disposition.ignore.rawValue
        }
        if reading.disposition == .review, originator.phone != nil {
            answer.person = PersonAnswer(receipt: reading.fields, language: reading.language)
        }
        // A known sender's text that asks for money is quarantined as a scam, but still has an intent.
        let isScam = reading.disposition == .quarantine && role != nil && library.people.read(text).intent == .scam
        guard answer.disposition == Disposition.person.rawValue || isScam else { return answer }
        answer.person = PersonAnswer(
            text, isContractor: role == PersonRole.contractor.rawValue,
            own: (meters ?? []).compactMap { Serial($0) }, open: openTickets ?? [], people: library.people)
        return answer
    }
}

/// The intents and slots read from a person's text.
private struct PersonAnswer {
    let intents: [String]
    var slots: [String: String] = [:]
    let language: String?

    /// `open` are the numbers of the sender's open tickets, if known.
    init(_ text: String, isContractor: Bool, own: [Serial], open: [Int64], people: TextReader) {
        let reading = people.read(text)
        language = reading.language
        let onlyOpen = open.count == 1 ? open[0] : nil
        if isContractor {
            let job = people.readJob(text)
            let asksForHelp = job.answer == nil && reading.intents == [.help]
            intents = [(asksForHelp ? Intent.help : .ticketReply).rawValue]
            // A bare number may be the number of one of the sender's jobs.
            let numbers = Set(text.split { !$0.isNumber })
            let named = job.ticket ?? open.first { numbers.contains(Substring(String($0))) }
            slots["ticket"] = (named ?? onlyOpen).map(String.init)
            slots["status"] = job.answer?.rawValue ?? (job.isUnderWay ? "in_progress" : nil)
            return
        }
        let isReply = reading.reply != nil && (reading.slots.ticket != nil || onlyOpen != nil)
        intents = isReply ? [Intent.ticketReply.rawValue] : reading.intents.map(\.rawValue)
        slots["ticket"] = (reading.slots.ticket ?? (isReply ? onlyOpen : nil)).map(String.init)
        slots["status"] = isReply ? reading.reply?.rawValue : nil
        name(meters: OwnSerials.named(in: text, among: own), reading)
        slots["scope"] = reading.slots.scope?.rawValue
        slots["urgency"] = reading.intent == .safety ? "high" : nil
        slots["language_to"] = reading.slots.languageTo
        slots["token"] = reading.slots.token
        slots["error"] = reading.slots.error
        slots["amount"] = reading.speaksOfMoney ? reading.slots.amount : nil
        slots["txn_id"] = reading.slots.transaction
    }

    /// A receipt forwarded by a person.
    init(receipt fields: PaymentFields, language: String?) {
        intents = [Intent.forwardedPayment.rawValue]
        self.language = language
        slots["txn_id"] = fields.txnID
        slots["amount"] = fields.amount
    }

    /// If a text about a wrong meter names two meters, the first one is the one that was paid for.
    private mutating func name(meters own: [Serial], _ reading: PersonReading) {
        let typed = reading.slots.meters.map { $0.uppercased() }.filter { $0.count >= 5 && $0 != reading.slots.amount }
        if reading.intent == .wrongMeter, let first = typed.first {
            slots["meter_wrong"] = own.map(\.text).contains(first) && typed.count == 1 ? nil : first
            slots["meter"] = own.map(\.text).last { $0 != first && typed.contains($0) }
        } else {
            slots["meter"] = own.count == 1 ? own[0].text : nil
        }
    }
}

private struct ReadAnswer: Encodable {
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
