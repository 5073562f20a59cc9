import Domain
import Gateway
import StrictTOML

/// Reads `[payments.trust]`.
enum TrustSection {
    /// Does not read the money limits, because their defaults depend on the country.
    static func read(_ section: TOMLSection?) -> TrustSettings {
        var settings = TrustSettings(unverifiedLimit: .zero)
        guard let section else { return settings }
        readSMSCs(section, &settings)
        if let text = section.string("chain_wait") {
            if let wait = ConfigurationFile.duration(text) ?? (text == "0s" ? .zero : nil) {
                settings.chainWait = wait
            } else {
                section.fault("chain_wait", "'chain_wait' must be a time such as \"10m\" or \"90s\"")
            }
        }
        if let disabled = section.section("disabled") {
            for provider in disabled.keys {
                let checks = checks(disabled, provider)
                if provider == "all" {
                    settings.disabledForAll.formUnion(checks)
                } else {
                    settings.disabled[provider] = checks
                }
            }
        }
        return settings
    }

    private static func readSMSCs(_ section: TOMLSection, _ settings: inout TrustSettings) {
        if section.isText("smsc") {
            switch section.string("smsc") {
            case "learn": break
            case "off": settings.disabledForAll.insert(.smsc)
            default: section.fault("smsc", "'smsc' must be \"learn\", \"off\", or a table of numbers for each provider")
            }
        } else if let table = section.section("smsc") {
            var numbers: [String: [String]] = [:]
            for provider in table.keys { numbers[provider] = table.strings(provider) }
            settings.smscs = .listed(numbers)
        }
    }

    private static func checks(_ section: TOMLSection, _ provider: String) -> Set<TrustCheck> {
        Set(
            (section.strings(provider) ?? []).compactMap { name in
                let check = TrustCheck(rawValue: name)
                if check == nil {
                    let known = TrustCheck.allCases.map(\.rawValue).joined(separator: ", ")
                    section.fault(provider, "unknown check '\(name)'; known checks: \(known)")
                }
                return check
            })
    }
}
