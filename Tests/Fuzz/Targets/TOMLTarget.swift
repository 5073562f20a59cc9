import Domain
import Foundation

@testable import Messages
@testable import StrictTOML

/// TOML files: read key by key, as a wallet and as a country. Each line is also read as a pattern and as an id shape.
enum TOMLTarget {
    static func run(_ input: [UInt8]) throws(BrokenRule) {
        let text = text(of: input)
        for line in text.split(separator: "\n").prefix(8) { pattern(String(line)) }
        guard let document = try? TOMLDocument(text, file: "fuzz.toml") else { return }
        _ = try? document.read { root -> Bool? in
            visit(root)
            return true
        }
        Folder.write(text, to: "countries/fuzz.toml")
        _ = try? CountryFiles.load(Folder.folders)
        Folder.write(text, to: "payments/fuzz.toml")
        guard
            let (reader, _) = try? PaymentFormatFiles.load(
                Folder.folders, countries: Seeds.library.countries, .all)
        else {
            return
        }
        for provider in reader.providers {
            let raw = provider.originators.first ?? ""
            for example in (provider.examples + provider.formats.flatMap(\.examples)).prefix(3) {
                _ = reader.read(from: .alphanumeric(raw), raw: raw, text: example.text, country: provider.country)
            }
        }
    }

    /// Reads each key as every type of value.
    private static func visit(_ section: TOMLSection) {
        for key in section.keys {
            _ = section.line(of: key)
            _ = section.requiredString(key)
            _ = section.requiredInteger(key)
            _ = section.boolean(key)
            _ = section.strings(key)
            _ = section.integers(key)
            if let child = section.section(key) { visit(child) }
            for child in section.sections(key) { visit(child) }
        }
        _ = section.requiredString("missing")
    }

    private static let received =
        "CKD4A2MX7P1 Confirmed.You have received Tsh12,500.00 from 255754000321 - REHEMA JUMA on 3/8/25 at 6:02 PM New "
        + "M-Pesa balance is Tsh15,618.00."

    private static func pattern(_ line: String) {
        let reader = Seeds.library.reader
        guard let provider = reader.provider("mpesa-tz") else { return }
        let matcher = FormatMatcher(IndexedText(NormalizedText(received), reader.index, reader.words), of: provider)
        if let pattern = try? FormatPattern(line) { _ = matcher.trace(pattern) }
        if let expanded = try? reader.words.expand(line), let pattern = try? FormatPattern(expanded) {
            _ = matcher.fit(pattern)
        }
        if let shape = IdentifierShape(line) {
            _ = shape.match(NormalizedText("ckd4a2mx7p1").folded, at: 0)
            _ = shape.match(NormalizedText(received).folded, at: 0)
        }
    }

    /// A templates folder with one wallet and one country in it.
    private enum Folder {
        static let folders = LibraryFolders(shipped: root, overrides: nil)

        private static let root: String = {
            let root = FileManager.default.temporaryDirectory.path + "/gridpost-fuzz-\(getpid())"
            for folder in ["countries", "payments"] {
                try? FileManager.default.createDirectory(
                    atPath: "\(root)/\(folder)", withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
            let words = Seeds.text("templates/payments/_words.toml")
            try? words.write(toFile: "\(root)/payments/_words.toml", atomically: false, encoding: .utf8)
            atexit { Folder.remove() }
            return root
        }()

        static func write(_ text: String, to name: String) {
            try? text.write(toFile: "\(root)/\(name)", atomically: false, encoding: .utf8)
        }

        private static func remove() { try? FileManager.default.removeItem(atPath: root) }
    }

    static let seeds: [String] =
        ["TZ", "KE", "BJ"].map { Seeds.text("templates/countries/\($0).toml") }
        + ["mpesa-tz", "wave-sn", "tpesa-tz", "bkash-bd", "sahal-so"].map { id in
            Seeds.text("templates/payments/\(id).toml").split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.hasPrefix("families")
                    ? "families = []" : $0.hasPrefix("id = \"\(id)\"") ? "id = \"fuzz\"" : String($0)
            }.joined(separator: "\n")
        } + [
            configuration, "a = 1\na = 2\n", "[a]\n[a]\n", "[[a]]\n[a.b]\n[[a.b.c]]\n",
            "a.b.c.d = 9223372036854775807\n",
            "a = 9223372036854775808\n", "a = [[[[[[]]]]]]\n",
            "a = 1979-05-27T07:32:00Z\nb = inf\nc = nan\nd = 0xffffffff\n",
            "a = \"\"\"\n\\\n  x\"\"\"\n", "\"\" = 1\n\"a.b\" = \"\\uD800\"\n", "[\"]]\"]\n[[\"[[\"]]\n",
            "{txn_id} Confirmed. [on {date} [at {time}]] {amount:bare} (from|to) {payer_name:letters} [a|b]* {tail}\n[[]]*\n(|)*",
            "PP9{6}.9{4}.A9{5}\nX{8,12}\nX{0,64}9{0,64}A{0,64}\n9{64,64}\n9{}\n9{-1}\n9{3,2}\n{",
        ]

    private static let configuration = """
        database = "/var/lib/gridpost/gridpost.db"
        [company]
        name = "Kisiwa Power"
        currency = "TZS"
        country = "TZ"
        time_zone = "Africa/Nairobi"
        languages = ["sw", "en"]
        [socket]
        path = "/run/gridpost/admin.sock"
        [[modems]]
        name = "first"
        device = "/dev/ttyUSB0"
        pace_ms = 20
        [payments.trust]
        amount_ceiling = 500000
        """

    static let words = [
        "{txn_id}", "{amount}", "{amount:bare}", "{payer_name:letters}", "{_sentence}", "{tail}", "<when>",
        "<balance_en>",
        "[", "]", "(", ")", "|", "*", "[[", "]]", "\"\"\"", "'''", " = ", "\n[[formats]]\n", "\n[[formats.examples]]\n",
        "pattern = ", "text = ", "fields = { ", "txn_id = [\"X{0,64}\"]\n", "\\u0000", "\\UFFFFFFFF", "[fragments]\n",
        "{8,12}",
    ]
}
