import Messages
import Testing

@Suite("Texts of USSD")
struct USSDTextTests {
    private func hex(_ octets: [UInt8]) -> [UInt8] {
        octets.flatMap { octet in
            let digits = String(octet, radix: 16, uppercase: true)
            return Array((octet < 16 ? "0" + digits : digits).utf8)
        }
    }

    private func wide(_ text: String) -> [UInt8] {
        hex(text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
    }

    private static let texts = [
        "Your balance is Tsh 1,250.00. Valid until 31/12/2026.", "Solde: 410.00 francs", "Salio lako ni 71,073 Tsh",
        "1. Airtime\n2. Bundles\n0. Back", "You have 10.0 SMS left", "Votre crédit : 5 692 Ar\nà demain",
        "a@b_c$ {1} €5",
        "Balance 0",
    ]

    @Test("the same text is read from every way in which modems write it", arguments: texts)
    func ways(text: String) throws {
        let septets = try #require(GSMAlphabet.septets(of: text))
        let padded = septets.count % 8 == 7 ? septets + [0x0d] : septets
        #expect(USSDText.decode(Array(text.utf8), coding: 15) == text)
        #expect(USSDText.decode(wide(text), coding: 15) == text)
        #expect(USSDText.decode(wide(text), coding: 72) == text)
        #expect(USSDText.decode(wide(text), coding: nil) == text)
        #expect(USSDText.decode(hex(SeptetPacking.pack(padded)), coding: 15) == text)
        #expect(USSDText.decode(hex(septets), coding: 15) == text)
    }

    @Test("digits are a text of digits", arguments: ["12345678", "255754000004", "25"])
    func digits(text: String) { #expect(USSDText.decode(Array(text.utf8), coding: 15) == text) }

    @Test("texts that GSM's alphabet lacks are read from UTF-16, also with a language in front")
    func ucs2() {
        #expect(USSDText.decode(wide("ቀሪ ሂሳብ 25.50 ብር"), coding: 72) == "ቀሪ ሂሳብ 25.50 ብር")
        #expect(USSDText.decode(wide("ቀሪ ሂሳብ 25.50 ብር"), coding: 15) == "ቀሪ ሂሳብ 25.50 ብር")
        #expect(USSDText.decode(Array("6537".utf8) + wide("Salio 5"), coding: 0x11) == "Salio 5")
    }

    @Test("a text of any bytes is decoded to printable characters", arguments: 0..<2_000)
    func hostile(seed: Int) {
        var state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let isHex = seed.isMultiple(of: 2)
        let bytes = (0..<Int(next())).map { _ in isHex ? Array("0123456789ABCDEF".utf8)[Int(next() & 15)] : next() }
        let text = USSDText.decode(bytes, coding: Int(next()))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }
}
