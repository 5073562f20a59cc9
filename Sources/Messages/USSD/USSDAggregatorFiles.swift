import Foundation
import StrictTOML

/// Loads `ussd/aggregators/*.toml`.
enum USSDAggregatorFiles {
    static func load(_ folders: LibraryFolders) throws -> [String: USSDAggregator] {
        var found: [String: USSDAggregator] = [:]
        var faults: [TOMLFault] = []
        for file in try folders.files(in: "ussd/aggregators", ending: ".toml") {
            do {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                found[file.name] = try TOMLDocument(text, file: file.path).read { aggregator($0, file.name) }
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        return found
    }

    private static func aggregator(_ root: TOMLSection, _ name: String) -> USSDAggregator? {
        func choice<Value: RawRepresentable & CaseIterable>(_ key: String, _ type: Value.Type) -> Value?
        where Value.RawValue == String {
            guard let word = root.requiredString(key) else { return nil }
            guard let value = Value(rawValue: word) else {
                root.fault(key, "'\(key)' must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
                return nil
            }
            return value
        }
        let body = choice("body", USSDAggregator.Body.self)
        let kind = choice("input", USSDAggregator.InputKind.self)
        let fields = root.requiredSection("fields")
        func names(_ key: String) -> [String] { fields?.strings(key) ?? [] }
        let (session, phone, input) = (names("session"), names("phone"), names("input"))
        let (network, request, event) = (names("network"), names("request"), names("event"))
        if session.isEmpty || phone.isEmpty || input.isEmpty {
            root.fault("fields", "'session', 'phone' and 'input' must each name a field")
        }
        let longest = root.integer("longest") ?? 160
        if !(60...182).contains(longest) { root.fault("longest", "'longest' must be 60 to 182") }
        let answer = root.requiredSection("answer")
        let type = answer?.requiredString("type")
        let text = answer?.requiredString("body")
        let goesOn = answer?.requiredString("goes_on")
        let isOver = answer?.requiredString("is_over")
        let begins = (root.strings("begins") ?? []).map { $0.lowercased() }
        let ends = (root.strings("ends") ?? []).map { $0.lowercased() }
        let isEventInPath = root.boolean("event_in_path") ?? false
        _ = root.string("certainty")
        guard let body, let kind, let type, let text, let goesOn, let isOver else { return nil }
        if !text.contains("{text}") { root.fault("answer", "the answer's 'body' must contain {text}") }
        return USSDAggregator(
            name: name, body: body, session: session, phone: phone, input: input, network: network, request: request,
            inputKind: kind, event: event, begins: begins, ends: ends, isEventInPath: isEventInPath, longest: longest,
            answerType: type, answer: text, goesOn: goesOn, isOver: isOver)
    }
}
