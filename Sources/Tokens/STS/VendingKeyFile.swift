import Foundation
import StrictTOML

/// The vending keys of the daemon, read from a file that only its owner may read.
package struct VendingKeyFile: Sendable {
    /// The identification of a key; a meter's row has the same three values.
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

    /// Reads `path`. Published test keys are accepted only with `allowTestKeys`. The permissions of a systemd
    /// credential are not checked.
    ///
    /// - Throws: `KeyFileRights.Refusal` for wrong permissions; `TOMLFault` or `TOMLFaults` for wrong contents.
    package init(path: String, allowTestKeys: Bool, isCredential: Bool = false) throws {
        if !isCredential { try KeyFileRights.check(path) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw TOMLFault(file: path, line: nil, message: "cannot be read as UTF-8 text")
        }
        try self.init(text, file: path, allowTestKeys: allowTestKeys)
    }

    /// - Throws: `TOMLFault` or `TOMLFaults` if the text is not valid TOML or a key in it is invalid.
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
            section.fault("base_date", "'base_date' must be 1993, 2014 or 2035, not \(base)")
            return nil
        }
        guard let derivation = VendingKey.Derivation(rawValue: dkga), let algorithm = EncryptionAlgorithm(rawValue: ea)
        else {
            section.fault("dkga", "the supported pairs of dkga and ea are 2 and 7, 4 and 7, 4 and 11")
            return nil
        }
        guard let bytes = SecretBytes(hex: hex) else {
            section.fault("key", "'key' must be hexadecimal digits")
            return nil
        }
        do {
            // Checks the fields of the file in the same way as those of a meter.
            _ = try MeterKeyFields(
                meter: "600727000000000009", supplyGroup: sgc, tariffIndex: 1, keyRevision: krn, keyType: kt,
                baseDate: baseDate)
            let key = try VendingKey(derivation: derivation, algorithm: algorithm, expiry: ken, bytes: bytes)
            let isTest = key.isPublished || VendingKey.publishedSupplyGroups.contains(sgc)
            if isTest, !allowTestKeys {
                section.fault(
                    "sgc",
                    "this is a published test key or supply group, not for sales. For a trial set [tokens.sts] test_keys = true"
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
