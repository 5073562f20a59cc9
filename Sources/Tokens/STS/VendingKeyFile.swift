import Foundation
import StrictTOML

/// The vending keys that the daemon may use, from a file that nobody else may read.
package struct VendingKeyFile: Sendable {
    /// What names a key: a meter's row names the same three.
    package struct Name: Hashable, Sendable {
        package let supplyGroup: String
        package let keyRevision: Int
        package let keyType: Int

        package init(supplyGroup: String, keyRevision: Int, keyType: Int) {
            self.supplyGroup = supplyGroup
            self.keyRevision = keyRevision
            self.keyType = keyType
        }
    }

    package struct Entry: Sendable {
        package let key: VendingKey
        package let baseDate: BaseDate
    }

    package let entries: [Name: Entry]

    package init(entries: [Name: Entry]) { self.entries = entries }

    package static let empty = VendingKeyFile(entries: [:])

    /// Reads `path`. Refuses a file or a folder with the wrong rights, an unknown key, and published test keys unless
    /// `allowTestKeys`. The rights of a systemd credential are systemd's affair.
    package init(path: String, allowTestKeys: Bool, isCredential: Bool = false) throws {
        if !isCredential { try KeyFileRights.check(path) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw TOMLFault(file: path, line: nil, message: "cannot be read as UTF-8 text")
        }
        try self.init(text, file: path, allowTestKeys: allowTestKeys)
    }

    package init(_ text: String, file: String, allowTestKeys: Bool) throws {
        let document = try TOMLDocument(text, file: file)
        entries = try document.read { root in
            var entries: [Name: Entry] = [:]
            for section in root.sections("keys") {
                guard let (name, entry) = Self.entry(section, allowTestKeys) else { continue }
                if entries.updateValue(entry, forKey: name) != nil {
                    section.fault(
                        "sgc",
                        "the key of sgc \(name.supplyGroup), krn \(name.keyRevision), kt \(name.keyType) is given twice"
                    )
                }
            }
            return entries
        }
    }

    private static func entry(_ section: TOMLSection, _ allowTestKeys: Bool) -> (Name, Entry)? {
        let sgc = section.requiredString("sgc")
        let krn = section.requiredInteger("krn")
        let kt = section.integer("kt") ?? 2
        let base = section.requiredInteger("base_date")
        let dkga = section.requiredInteger("dkga")
        let ea = section.requiredInteger("ea")
        let ken = section.integer("ken") ?? 255
        let hex = section.requiredString("key")
        guard let sgc, let krn, let base, let dkga, let ea, let hex else { return nil }
        guard let baseDate = BaseDate(rawValue: base) else {
            section.fault("base_date", "a base date is 1993, 2014 or 2035, not \(base)")
            return nil
        }
        guard let derivation = VendingKey.Derivation(rawValue: dkga), let algorithm = EncryptionAlgorithm(rawValue: ea)
        else {
            section.fault("dkga", "the supported pairs of dkga and ea are 2 and 7, 4 and 7, 4 and 11")
            return nil
        }
        guard let bytes = SecretBytes(hex: hex) else {
            section.fault("key", "a key is written in hexadecimal digits")
            return nil
        }
        do {
            // The fields of the file are checked as those of a meter will be.
            _ = try MeterKeyFields(
                meter: "600727000000000009", supplyGroup: sgc, tariffIndex: 1, keyRevision: krn, keyType: kt,
                baseDate: baseDate)
            let key = try VendingKey(derivation: derivation, algorithm: algorithm, expiry: ken, bytes: bytes)
            let isTest = key.isPublished || VendingKey.publishedSupplyGroups.contains(sgc)
            if isTest, !allowTestKeys {
                section.fault(
                    "sgc",
                    "this is a published test key or supply group; it sells nothing. Set [tokens.sts] test_keys = true for a trial"
                )
                return nil
            }
            return (Name(supplyGroup: sgc, keyRevision: krn, keyType: kt), Entry(key: key, baseDate: baseDate))
        } catch {
            section.fault(Self.key(for: error.code), error.message)
        }
        return nil
    }

    private static func key(for code: TokenError.Code) -> String {
        switch code {
        case .badSupplyGroup: "sgc"
        case .badKeyRevision: "krn"
        case .badKeyType: "kt"
        case .badKeyExpiry: "ken"
        case .badAlgorithm: "ea"
        default: "key"
        }
    }
}
