import Messages
import Domain
import Foundation
import Gateway
import Hummingbird
import StrictTOML

/// One request. The functions read and check its parameters, and throw `HTTPRefusal` (status 400) for an invalid value.
struct APIRequest: Sendable {
    let http: Request
    let context: AdminContext
    let gateway: Gateway

    static let longestPage = 500

    /// The number in the path, such as 12 in `/v1/tickets/12`.
    func number(_ name: String = "id") throws -> Int64 {
        let word = try context.parameters.require(name)
        guard let number = Int64(word), number > 0 else {
            throw APIError.badRequest("'\(word)' is not a positive whole number")
        }
        return number
    }

    /// A name in the path, percent-decoded.
    func name(_ place: String = "name") throws -> String {
        let word = try context.parameters.require(place)
        return word.removingPercentEncoding ?? word
    }

    func query(_ name: String) -> String? { http.uri.queryParameters[name[...]].map(String.init) }

    func flag(_ name: String) throws -> Bool? {
        guard let word = query(name) else { return nil }
        guard let value = Bool(word) else {
            throw APIError.badRequest("'\(name)' must be true or false, not '\(word)'")
        }
        return value
    }

    /// The maximum number of rows to return; 50 by default.
    func limit() throws -> Int {
        guard let word = query("limit") else { return 50 }
        guard let limit = Int(word), (1...Self.longestPage).contains(limit) else {
            throw APIError.badRequest("'limit' must be 1 to \(Self.longestPage)")
        }
        return limit
    }

    /// The cursor of a list that is ordered by number: the last number of the previous page.
    func cursor() throws -> Int64? {
        guard let word = query("cursor") else { return nil }
        guard let cursor = Int64(word) else {
            throw APIError.badRequest("'cursor' must be the 'next' value of the previous page")
        }
        return cursor
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) throws -> Value?
    where Value.RawValue == String {
        try query(name).map { try Self.choice(name, $0, type) }
    }

    /// The case of an enumeration that `word` names. The error lists all cases.
    static func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ word: String, _ type: Value.Type)
        throws
        -> Value where Value.RawValue == String
    {
        guard let value = Value(rawValue: word) else {
            let known = Value.allCases.map(\.rawValue)
            let near = NearestWord.hint(word, in: known)
            throw APIError.badRequest("'\(name)' must be one of \(known.joined(separator: ", ")), not '\(word)'\(near)")
        }
        return value
    }

    /// A phone number as typed by a user.
    static func phone(_ name: String, _ word: String, _ company: Company) throws -> PhoneNumber {
        guard let phone = company.country.plan.phone(word) else {
            throw APIError.badRequest("'\(name)' must be a phone number of \(company.country.name), not '\(word)'")
        }
        return phone
    }

    static func date(_ name: String, _ word: String) throws -> CalendarDate {
        guard let date = CalendarDate(word) else {
            throw APIError.badRequest("'\(name)' must be a day such as 2026-11-30, not '\(word)'")
        }
        return date
    }

    static func money(_ name: String, _ word: String, _ currency: Currency) throws -> Money {
        guard let money = Money(decimal: word, in: currency), money >= .zero else {
            throw APIError.badRequest(
                "'\(name)' must be an amount in \(currency.code) such as 15000 or 15000.50, not '\(word)'")
        }
        return money
    }

    /// A serial as typed by a user.
    static func serial(_ typed: String) throws -> Serial {
        guard let serial = Serial(typed) else {
            throw APIError.badRequest("'\(typed.prefix(40))' is not a serial: a serial has 3 to 32 letters and digits")
        }
        return serial
    }

    /// The serial in the path.
    func serial() throws -> Serial { try Self.serial(try name("serial")) }

    static func price(_ name: String, _ word: String) throws -> Price {
        guard let price = Price(decimal: word) else {
            throw APIError.badRequest("'\(name)' must be a price of 0 or more with up to 4 decimals, not '\(word)'")
        }
        return price
    }

    static func whole(_ name: String, _ number: Int, _ range: ClosedRange<Int>) throws -> Int {
        guard range.contains(number) else {
            throw APIError.badRequest("'\(name)' must be \(range.lowerBound) to \(range.upperBound), not \(number)")
        }
        return number
    }

    /// A text of one line.
    static func line(_ name: String, _ text: String, upTo limit: Int) throws -> String {
        let text = try Self.text(name, text, upTo: limit)
        guard !text.contains(where: \.isNewline) else { throw APIError.badRequest("'\(name)' must be a single line") }
        return text
    }

    /// A text as typed by a user: not empty, not too long, without control characters except line breaks.
    static func text(_ name: String, _ text: String, upTo limit: Int = 2_000) throws -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw APIError.badRequest("'\(name)' is empty") }
        // Counts scalars, because a single character can have any number of accents.
        let length = trimmed.unicodeScalars.count
        guard length <= limit else {
            throw APIError.badRequest("'\(name)' has \(length) characters; the maximum is \(limit)")
        }
        let isClean = trimmed.unicodeScalars.allSatisfy {
            $0 == "\n" || $0.properties.generalCategory != .control
        }
        guard isClean else { throw APIError.badRequest("'\(name)' contains control characters") }
        return trimmed
    }
}
