import Foundation
import Messages

/// An SMS-SUBMIT sent by the host.
package struct SubmitPDU: Hashable, Sendable {
    package let recipient: String
    package let text: String
    package let isUCS2: Bool
    package let wantsReport: Bool
    package let concatenation: Concatenation?

    /// Returns `nil` if the octets are not an SMS-SUBMIT. The first octets are the SMSC.
    init?(_ octets: [UInt8]) {
        guard let first = octets.first else { return nil }
        var index = 1 + Int(first)
        guard index + 2 <= octets.count, octets[index] & 3 == 1 else { return nil }
        let flags = octets[index]
        index += 2
        guard let recipient = Address.decode(octets, &index), index + 2 <= octets.count else { return nil }
        let coding = octets[index + 1]
        index += 2
        index += [0: 0, 2: 1, 1: 7, 3: 7][Int(flags >> 3 & 3)] ?? 0
        guard index < octets.count else { return nil }
        let length = Int(octets[index])
        let data = Array(octets.dropFirst(index + 1))
        let headerLength = flags & 0x40 != 0 && !data.isEmpty ? Int(data[0]) + 1 : 0
        guard headerLength <= data.count else { return nil }
        concatenation = headerLength > 0 ? Concatenation(header: Array(data[1..<headerLength])) : nil
        isUCS2 = coding & 0x0c == 0x08
        if isUCS2 {
            let body = data.dropFirst(headerLength).prefix(max(0, length - headerLength))
            let bytes = Array(body)
            text = String(
                decoding: stride(from: 0, to: bytes.count - bytes.count % 2, by: 2).map {
                    UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
                }, as: UTF16.self)
        } else {
            let headerSeptets = (headerLength * 8 + 6) / 7
            text = GSMAlphabet.text(
                of: SeptetPacking.unpack(
                    Array(data.dropFirst(headerLength)), count: length - headerSeptets, after: headerLength))
        }
        self.recipient = recipient
        wantsReport = flags & 0x20 != 0
    }
}
