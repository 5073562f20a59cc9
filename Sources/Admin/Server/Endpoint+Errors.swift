import HTTPTypes
import Foundation

extension Endpoint {
    /// A name for clients that are made from the description: the method and the address.
    var operationID: String {
        let words = path.split(separator: "/").dropFirst().flatMap { piece -> [String] in
            let isPlace = piece.hasPrefix("{")
            let word = piece.filter { $0.isLetter || $0 == "-" }.split(separator: "-").map(\.capitalized).joined()
            return isPlace ? ["By", word] : [word]
        }
        return method.rawValue.lowercased() + words.joined()
    }

    /// The names of the places in the path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// The refusals that the server gives here, with their meaning.
    var errors: [(status: Int, meaning: String)] {
        var errors = [(400, "a parameter or the body is not as described")]
        if path.contains("{") { errors.append((404, "there is no such thing")) }
        if method != .get {
            if !path.contains("{") { errors.append((404, "something that the body names is not there")) }
            errors += [
                (409, "not in this state, or the Idempotency-Key was used for another request"),
                (413, "the body is too large"), (422, "it cannot be done as asked"),
            ]
        }
        errors += [
            (429, "too many requests"), (500, "the daemon's log says why"), (503, "the books cannot be used now"),
        ]
        return errors
    }
}
