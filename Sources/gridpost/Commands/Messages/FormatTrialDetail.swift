import Domain
import Messages

/// Prints how a text is read, and how each format matched it.
enum FormatTrialDetail {
    static func show(_ reading: ProviderReading, _ trials: [FormatTrial], knows originator: Bool) {
        var fields = FieldList()
        fields.add("read as", reading.disposition.rawValue + (reading.reason.map { ": \($0)" } ?? ""))
        fields.add("by", reading.format.map { "\($0) of \(reading.provider ?? "")" })
        for (name, value) in named(reading.fields) { fields.add(name, value) }
        fields.show()
        if !originator {
            Terminal.say("")
            Terminal.say("No wallet has this originator. The formats below are tried as if the originator were right.")
        }
        for trial in trials {
            Terminal.say("")
            Terminal.say(
                Terminal.styled("\(trial.format)", .bold) + " of \(trial.provider), \(trial.means.rawValue): "
                    + (trial.fields == nil ? "does not fit" : "fits"))
            if let fields = trial.fields {
                for (name, value) in named(fields) { Terminal.say("  \(name)  \(value)") }
            }
            if let doubt = trial.doubt { Terminal.say("  but \(doubt)") }
            guard let found = trial.found else { continue }
            let understood = trial.understood ?? ""
            Terminal.say("  understood  \(understood.isEmpty ? "nothing" : "…" + understood.suffix(60))")
            Terminal.say("  found       \(found.isEmpty ? "the end of the text" : found)")
            Terminal.say("  expected    \(words(trial.wanted))")
        }
    }

    private static let mostWanted = 8

    private static func words(_ wanted: [String]) -> String {
        // Fields first: they say more than the many words of shared fragments.
        let ordered = wanted.sorted { ($0.hasPrefix("{") ? 0 : 1, $0) < ($1.hasPrefix("{") ? 0 : 1, $1) }
        let more = ordered.count > mostWanted ? ", … \(ordered.count - mostWanted) more" : ""
        return ordered.prefix(mostWanted).joined(separator: ", ") + more
    }

    private static func named(_ fields: PaymentFields) -> [(String, String)] {
        fields.named.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
