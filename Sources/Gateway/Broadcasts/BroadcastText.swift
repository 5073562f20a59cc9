import Domain
import Store

/// A broadcast's text with places: `{name}`, or `{surname|friend}` with a fallback for members without the value.
struct BroadcastText: Sendable {
    enum Place: String, Sendable, CaseIterable {
        case name, surname, village
        case miniGrid = "mini_grid"
        case cluster, serial, tariff, credit, company
    }

    struct Fault: Error, Sendable {
        let message: String
    }

    private enum Piece: Sendable {
        case text(String)
        case place(Place, instead: String?)
    }

    private let pieces: [Piece]

    init(_ text: String) throws(Fault) {
        var pieces: [Piece] = []
        var rest = text.trimmingSpaces[...]
        guard !rest.isEmpty else { throw Fault(message: "the text is empty") }
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw Fault(message: "a '{' has no '}'")
            }
            let inside = rest[rest.index(after: open)..<close].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false
            ).map(String.init)
            guard let place = inside.first.flatMap(Place.init) else {
                let known = Place.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
                throw Fault(message: "unknown place {\(inside.first ?? "")}; available: \(known)")
            }
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            pieces.append(.place(place, instead: inside.count > 1 ? inside[1] : nil))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    /// Whether the text is the same for every recipient.
    var isPlain: Bool { pieces.allSatisfy { if case .text = $0 { true } else { false } } }

    var needsCredit: Bool {
        pieces.contains { if case .place(.credit, _) = $0 { true } else { false } }
    }

    /// The text with the member's values, or the first place without a value.
    func render(_ value: (Place) -> String?) -> Result<String, Missing> {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let words): text += words
            case .place(let place, let instead):
                guard let words = value(place) ?? instead else { return .failure(Missing(place: place)) }
                text += words
            }
        }
        return .success(text)
    }

    struct Missing: Error, Sendable {
        let place: Place
    }
}
