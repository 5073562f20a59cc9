import StrictTOML
import Tokens

/// Reads `[tokens.vendors.NAME]`: the vendors whose services make tokens.
enum VendorSections {
    static func read(_ section: TOMLSection) -> [Configuration.Vendor] {
        section.keys.compactMap { name in section.section(name).flatMap { vendor(name, $0) } }
    }

    private static func vendor(_ name: String, _ section: TOMLSection) -> Configuration.Vendor? {
        let api = section.requiredString("api")
        let url = section.requiredString("url")
        let authURL = section.string("auth_url")
        let credentials = section.requiredString("credentials")
        let timeout = section.integer("timeout_seconds") ?? 30
        if !(1...120).contains(timeout) {
            section.fault("timeout_seconds", "'timeout_seconds' must be 1 to 120, not \(timeout)")
        }
        if !name.utf8.allSatisfy({
            $0 == 0x2d || $0 == 0x5f || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0)
        }) {
            section.fault("api", "a vendor's name can only have lower-case letters, digits, '-' and '_', not '\(name)'")
        }
        if ["sts", "openpaygo"].contains(name) {
            section.fault(
                "api", "'\(name)' is reserved for tokens made by the gateway itself; give the vendor another name")
        }
        guard let api, let url, let credentials else { return nil }
        guard let kind = VendorKind(rawValue: api) else {
            let known = VendorKind.allCases.map(\.rawValue)
            let near = NearestWord.hint(api, in: known)
            section.fault("api", "unknown api \"\(api)\"; known: \(known.joined(separator: ", "))\(near)")
            return nil
        }
        guard let endpoint = VendorEndpoint(url: url, timeout: Double(timeout), exchange: ExchangeProcess()) else {
            section.fault("url", "'url' must be an https address without a query, not \"\(url)\"")
            return nil
        }
        switch (kind, authURL) {
        case (.sunking, nil): section.fault("auth_url", "'auth_url' is missing: the address that issues access tokens")
        case (_, let authURL?) where !VendorEndpoint.isSafe(authURL):
            section.fault("auth_url", "'auth_url' must be an https address without a query, not \"\(authURL)\"")
        default: break
        }
        return .init(name: name, kind: kind, endpoint: endpoint, authURL: authURL, credentials: credentials)
    }
}
