import ArgumentParser
import Domain
import Foundation
import Messages

struct ReadRequest: Decodable {
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
