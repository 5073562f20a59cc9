import Domain
import Messages

/// Words the reasons why a payment is held.
package struct HoldReasonWords: Sendable {
    private let library: CurrentLibrary
    private let company: Company

    package init(_ gateway: Gateway) {
        library = gateway.library
        company = gateway.company
    }

    /// The reason in the first available language of `languages`.
    /// - Throws: `Texts.MissingValue` if a template lacks a value.
    package func words(_ reason: HoldReason, _ languages: [String]) throws -> String {
        switch reason {
        case .vendor(let text), .failure(let text), .note(let text): return text
        case .aboveCeiling(let ceiling):
            return try render(reason, languages, ["ceiling": ceiling.display(in: company.currency)])
        case .notInBalance(let wallet, let text):
            return try render(
                reason, languages,
                ["wallet": wallet.display(in: company.currency), "text_balance": text.display(in: company.currency)])
        default: return try render(reason, languages, reason.facts)
        }
    }

    private func render(_ reason: HoldReason, _ languages: [String], _ facts: [String: String]) throws -> String {
        var name = "hold_\(reason.code.rawValue)"
        if case .lacks(let field) = reason { name += "_\(field.rawValue)" }
        guard let name = TextName(rawValue: name) else { return reason.code.rawValue }
        return try library.texts.render(name, languages, facts)
    }

    /// All reasons on one line in English, for the log, the API and staff's notes.
    /// - Throws: `Texts.MissingValue` if a template lacks a value.
    package func english(_ reasons: [HoldReason]) throws -> String {
        try reasons.map { try words($0, ["en"]) }.joined(separator: "; ")
    }
}
