import Domain
import Foundation
import Gateway
import Messages

/// A request of an aggregator, read by its data, and the answer in its form.
struct USSDReading: Sendable {
    let request: MenuRequest
    private let aggregator: USSDAggregator
    private let fields: FlatFields

    /// - Throws: `CallFault.malformed` if a field is missing or too long.
    init(_ call: Call, _ aggregator: USSDAggregator) throws(CallFault) {
        self.aggregator = aggregator
        let fields: FlatFields? =
            switch aggregator.body {
            case .form: FlatFields(form: call.body)
            case .json: FlatFields(json: call.body)
            case .query: FlatFields(call.query)
            }
        guard let fields else { throw .malformed }
        self.fields = fields
        func field(_ names: [String]) -> String? { names.lazy.compactMap { fields[$0] }.first }
        // In some interfaces the path is /session/ID/start.
        let inPath = aggregator.isEventInPath && call.path.count >= 2 ? call.path[call.path.count - 2] : nil
        guard let session = field(aggregator.session) ?? inPath, (1...100).contains(session.utf8.count),
            let phone = field(aggregator.phone), phone.utf8.count <= 30
        else { throw .malformed }
        let event = aggregator.isEventInPath ? call.path.last : field(aggregator.event)
        let number = field(aggregator.request)
        guard number?.utf8.count ?? 0 <= 60 else { throw .malformed }
        request = MenuRequest(
            aggregator: aggregator.name, session: session, phone: phone,
            input: Self.input(field(aggregator.input) ?? "", event?.lowercased(), aggregator), number: number,
            longest: aggregator.longest)
    }

    private static func input(_ text: String, _ event: String?, _ aggregator: USSDAggregator) -> MenuRequest.Input {
        if let event, aggregator.ends.contains(event) { return .end }
        if let event, aggregator.begins.contains(event) { return .begin }
        switch aggregator.inputKind {
        case .last: return .last(text)
        case .path:
            let inputs = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
            // A code in front of the inputs: *384*5*2#.
            let isCode = text.hasPrefix("*") || text.hasPrefix("#")
            return .all(isCode ? [] : text.isEmpty ? [] : inputs)
        }
    }

    func reply(_ screen: MenuScreen) -> Reply {
        let state = screen.isOpen ? aggregator.goesOn : aggregator.isOver
        var body = aggregator.answer
        // One pass over the template: a value that looks like a place is not replaced again.
        var written = ""
        while let open = body.firstIndex(of: "{"), let close = body[open...].firstIndex(of: "}") {
            let name = String(body[body.index(after: open)..<close])
            guard let value = value(name, screen, state) else {
                written += body[...open]
                body = String(body[body.index(after: open)...])
                continue
            }
            written += body[..<open] + value
            body = String(body[body.index(after: close)...])
        }
        return Reply(status: 200, type: aggregator.answerType, body: written + body)
    }

    /// The value of a place of the answer; `nil` if it is none.
    private func value(_ name: String, _ screen: MenuScreen, _ state: String) -> String? {
        func field(_ names: [String]) -> String { names.lazy.compactMap { fields[$0] }.first ?? "" }
        let text: String
        switch name {
        case "text": text = screen.text
        case "state": text = state
        case "literal": return state
        case "session": text = request.session
        case "phone": text = field(aggregator.phone)
        case "network": text = field(aggregator.network)
        case "request":
            // A number stays one.
            if let number = request.number, Int64(number).map(String.init) == number { return number }
            text = request.number ?? ""
        case _ where name.hasPrefix("field:"): text = fields[String(name.dropFirst(6))] ?? ""
        default: return nil
        }
        return aggregator.isJSON ? Markup.quoted(text) : text
    }
}
