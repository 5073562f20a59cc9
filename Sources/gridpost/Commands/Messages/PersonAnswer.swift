import ArgumentParser
import Domain
import Foundation
import Messages

/// The intents and slots read from a person's text.
struct PersonAnswer {
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
