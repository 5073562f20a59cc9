import Listener
import StrictTOML

/// Reads `[http]`: the listener for wallets and USSD aggregators.
enum HTTPSection {
    static func read(_ section: TOMLSection) -> Configuration.HTTP? {
        let listen = section.requiredString("listen")
        let proxies = ranges(section, "proxy")
        let payments = section.sections("payments").compactMap(notice)
        let ussd = section.sections("ussd").compactMap(ussd)
        guard let listen else { return nil }
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (1...65_535).contains(port), colon != listen.startIndex
        else {
            section.fault(
                "listen", "'listen' must be an address and a port such as \"127.0.0.1:8480\", not \"\(listen)\"")
            return nil
        }
        let host = listen[..<colon].trimmingPrefix("[")
        for (names, key) in [(payments.map(\.path), "payments"), (ussd.map(\.aggregator), "ussd")] {
            if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
                section.fault(key, "there are two tables [[http.\(key)]] for \"\(twice)\"")
            }
        }
        return .init(
            host: String(host.hasSuffix("]") ? host.dropLast() : host), port: port, proxies: proxies,
            payments: payments, ussd: ussd)
    }

    private static func notice(_ section: TOMLSection) -> Configuration.HTTP.Notice? {
        let name = section.requiredString("driver")
        let wallet = section.requiredString("wallet")
        let credentials = section.requiredString("credentials")
        let allowed = ranges(section, "allow")
        let isTrusted = section.boolean("trusted") ?? false
        let reportURL = section.string("result_url")
        let path = section.string("path")
        if let path, path.wholeMatch(of: /[a-z0-9-]{1,40}/) == nil {
            section.fault("path", "'path' can only have lower-case letters, digits and '-', not \"\(path)\"")
        }
        guard let name, let wallet, let credentials else { return nil }
        guard let kind = NoticeDriverKind(rawValue: name), kind.isBuilt else {
            let known = NoticeDriverKind.allCases.filter(\.isBuilt).map(\.rawValue)
            let isPlanned = NoticeDriverKind(rawValue: name) != nil
            section.fault(
                "driver",
                isPlanned
                    ? "there is no driver for \"\(name)\" yet; 'gridpost payments drivers' says why"
                    : "unknown driver \"\(name)\"; known: \(known.joined(separator: ", "))\(NearestWord.hint(name, in: known))"
            )
            return nil
        }
        if kind.needsAddresses, allowed.isEmpty {
            section.fault("driver", "'allow' must list the addresses of the provider: its notices are not signed")
        }
        if let reportURL {
            if !kind.reports { section.fault("result_url", "the driver \"\(name)\" reports no results") }
            if !reportURL.hasPrefix("https://"), !reportURL.hasPrefix("http://") {
                section.fault("result_url", "'result_url' must be an http or https address, not \"\(reportURL)\"")
            }
        }
        return .init(
            kind: kind, wallet: wallet, credentials: credentials, allowed: allowed, isTrusted: isTrusted,
            reportURL: reportURL, path: path ?? name, line: section.line(of: "wallet"))
    }

    private static func ussd(_ section: TOMLSection) -> Configuration.HTTP.USSD? {
        let aggregator = section.requiredString("aggregator")
        let secret = section.string("secret")
        let allowed = ranges(section, "allow")
        guard let aggregator else { return nil }
        if secret == nil, allowed.isEmpty {
            section.fault("aggregator", "either 'secret' or 'allow' must say whose calls are accepted")
        }
        return .init(aggregator: aggregator, secret: secret, allowed: allowed, line: section.line(of: "aggregator"))
    }

    private static func ranges(_ section: TOMLSection, _ key: String) -> [AddressRange] {
        (section.strings(key) ?? []).compactMap { text in
            let range = AddressRange(text)
            if range == nil {
                section.fault(
                    key, "'\(key)' must list addresses such as \"192.0.2.7\" or \"192.0.2.0/24\", not \"\(text)\"")
            }
            return range
        }
    }
}
