import Domain
import Foundation

/// The column `payment.reasons`: a JSON array of codes with their facts.
enum StoredHoldReasons {
    private struct Entry: Codable {
        var code: String
        var facts: [String: String]?
    }

    /// The reasons as JSON; `nil` if there are none.
    static func text(_ reasons: [HoldReason]) throws -> String? {
        guard !reasons.isEmpty else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let entries = reasons.map { Entry(code: $0.code.rawValue, facts: $0.facts.isEmpty ? nil : $0.facts) }
        return String(decoding: try encoder.encode(entries), as: UTF8.self)
    }

    /// Parses the column.
    /// - Throws: `StoreError.unknownValue` if the text is malformed or a code is unknown to this version.
    static func reasons(_ text: String?, of payment: Int64) throws -> [HoldReason] {
        guard let text else { return [] }
        guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(text.utf8)) else {
            throw StoreError.unknownValue(text, column: "payment.reasons", row: payment)
        }
        return try entries.map { entry in
            guard let code = HoldReason.Code(rawValue: entry.code), let reason = HoldReason(code, entry.facts ?? [:])
            else { throw StoreError.unknownValue(entry.code, column: "payment.reasons", row: payment) }
            return reason
        }
    }
}
