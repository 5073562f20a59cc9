// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// One line that the modem sent in a USSD session, not decoded: `+CUSD: <m>[,"<str>"[,<dcs>]]` (3GPP TS 27.007, 7.15).
package struct USSDLine: Codable, Sendable, Hashable {
    /// The maximum length of the text in bytes.
    package static let longestText = 1_200

    /// `<m>`: 0 no further action, 1 an answer is wanted, 2 ended by the network, 3 another client has answered, 4 not
    /// supported, 5 the network timed out.
    package var state: Int
    /// `<str>` as the modem sent it; empty if there is none.
    package var text: [UInt8]
    /// `<dcs>`: the data coding scheme (3GPP TS 23.038, 5).
    package var coding: Int?

    package init(state: Int, text: [UInt8], coding: Int?) {
        self.state = state
        self.text = text
        self.coding = coding
    }

    /// Reads what follows `+CUSD:`. `nil` if it has no known state.
    package init?(_ bytes: [UInt8]) {
        let head = bytes.prefix { $0 != 0x2c }
        guard let state = Int(Self.trimmed(head)), (0...5).contains(state) else { return nil }
        self.state = state
        var rest = bytes.dropFirst(head.count).dropFirst()
        coding = nil
        // The coding is behind the last comma, and the text may have commas too.
        if let comma = rest.lastIndex(of: 0x2c), let number = Int(Self.trimmed(rest[rest.index(after: comma)...])),
            (0...255).contains(number)
        {
            let before = Self.unpadded(rest[..<comma])
            if before.isEmpty || before.last == 0x22 || before.first != 0x22 {
                coding = number
                rest = rest[..<comma]
            }
        }
        rest = Self.unpadded(rest)
        if rest.first == 0x22 { rest = rest.dropFirst() }
        if rest.last == 0x22 { rest = rest.dropLast() }
        text = Array(rest.prefix(Self.longestText))
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: unpadded(bytes), as: UTF8.self)
    }

    private static func unpadded(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x0d || first == 0x0a { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x0d || last == 0x0a { bytes = bytes.dropLast() }
        return bytes
    }
}
