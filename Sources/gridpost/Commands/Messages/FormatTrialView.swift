import Domain
import ArgumentParser
import Foundation
import Messages

struct FormatTrialView: Encodable {
    struct TrialView: Encodable {
        let wallet: String
        let format: String
        let means: String
        let fits: Bool
        let fields: [String: String]?
        let doubt: String?
        let understood: String?
        let found: String?
        let wanted: [String]
    }

    let disposition: String
    let wallet: String?
    let format: String?
    let reason: String?
    let fields: [String: String]
    let trials: [TrialView]

    init(_ reading: ProviderReading, _ trials: [FormatTrial]) {
        disposition = reading.disposition.rawValue
        wallet = reading.provider
        format = reading.format
        reason = reading.reason
        fields = reading.fields.named
        self.trials = trials.map {
            TrialView(
                wallet: $0.provider, format: $0.format, means: $0.means.rawValue, fits: $0.fields != nil,
                fields: $0.fields?.named, doubt: $0.doubt, understood: $0.understood, found: $0.found, wanted: $0.wanted
            )
        }
    }
}
