import Foundation
import StrictTOML

/// What is known of a family of modems, as data of `modem/profiles/`.
struct ModemProfile: Codable, Sendable {
    /// The file's name without its ending.
    var id: String
    var family: String
    /// Parts of the answers to `AT+CGMI` and `AT+CGMM`, in any case.
    var makers: [String]
    var models: [String]
    /// USB ids with serial ports, such as `12d1:1436`.
    var usb: [String]
    /// USB ids of a stick that shows a disk until it is switched, and how it is.
    var storage: [String]
    var `switch`: String?
    /// The USB interfaces whose port takes commands, the best one first.
    var interfaces: [String]
    /// libgammu's connection.
    var connection: String
    /// Whether service codes are wanted packed.
    var packedUSSD: Bool
    /// The command that tells the PIN tries that are left.
    var pinTries: String?
    /// Facts for people: known from several sources, and guessed.
    var sure: [String]
    var unsure: [String]

    /// Whether the modem is of this family, by what it says of itself.
    func fits(maker: String?, model: String?) -> Bool {
        func has(_ text: String?, _ parts: [String]) -> Bool {
            guard let text = text?.lowercased() else { return false }
            return parts.contains { text.contains($0.lowercased()) }
        }
        return has(maker, makers) && has(model, models)
    }

    /// Loads all profiles of a folder, in the order of their ids.
    /// - Throws: `TOMLFaults`, or an error of reading the files.
    static func load(_ folder: String) throws -> [ModemProfile] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".toml") }
        return try names.sorted().map { name in
            let path = "\(folder)/\(name)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return try TOMLDocument(text, file: path).read { read($0, id: String(name.dropLast(5))) }
        }
    }

    private static func read(_ root: TOMLSection, id: String) -> ModemProfile? {
        let family = root.requiredString("family")
        let connection = root.requiredString("connection")
        let profile = ModemProfile(
            id: id, family: family ?? "", makers: root.strings("makers") ?? [], models: root.strings("models") ?? [],
            usb: root.strings("usb") ?? [], storage: root.strings("storage") ?? [], switch: root.string("switch"),
            interfaces: root.strings("interfaces") ?? [], connection: connection ?? "",
            packedUSSD: root.boolean("packed_ussd") ?? false, pinTries: root.string("pin_tries"),
            sure: root.strings("sure") ?? [], unsure: root.strings("unsure") ?? [])
        for (key, ids) in [("usb", profile.usb), ("storage", profile.storage)] {
            for id in ids where !id.contains(/^[0-9a-f]{4}:[0-9a-f]{4}$/) {
                root.fault(key, "'\(key)' must list ids such as \"12d1:1436\", not \"\(id)\"")
            }
        }
        if profile.makers.isEmpty || profile.models.isEmpty {
            root.fault("models", "'makers' and 'models' must list parts of what the modem says of itself")
        }
        if !profile.storage.isEmpty, profile.switch == nil {
            root.fault("storage", "'switch' must say how these sticks are switched")
        }
        return family == nil || connection == nil ? nil : profile
    }
}
