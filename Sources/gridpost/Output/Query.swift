import ArgumentParser
import Foundation

/// The query part of a URL.
enum Query {
    /// Builds a query. Items without a value are left out.
    static func text(_ items: [(String, String?)]) -> String {
        var components = URLComponents()
        components.queryItems = items.compactMap { name, value in value.map { URLQueryItem(name: name, value: $0) } }
        // Many servers read a plus sign as a space.
        let text = components.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B") ?? ""
        return text.isEmpty ? "" : "?\(text)"
    }
}
