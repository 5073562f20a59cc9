/// A telephone number in E.164 form: a plus and 8 to 15 digits.
package struct PhoneNumber: Hashable, Sendable, Codable {
    /// Such as `+255712000678`.
    package let e164: String

    /// Creates a number from E.164 text; `nil` for any other form.
    package init?(e164 text: some StringProtocol) {
        guard text.first == "+", (8...15).contains(text.utf8.count - 1), text.dropFirst().first != "0",
            text.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        e164 = String(text)
    }

    /// Decodes E.164 text.
    /// - Throws: `DecodingError` if the value is not text in E.164 form.
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let phone = PhoneNumber(e164: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a phone number is not in E.164 form"))
        }
        self = phone
    }

    /// Encodes the E.164 text.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(e164)
    }

    /// The number for logs and lists, with the first four and the last two characters: `+255*******78`.
    package var masked: String { Masked.phone(e164) }
}
