import Foundation
import Messages

/// A concatenated message part: its position in the user data header (3GPP TS 23.040, 9.2.3.24.1 and .8).
package struct Concatenation: Hashable, Sendable {
    package var reference: UInt16
    package var total: UInt8
    package var number: UInt8
    /// Whether the reference has 16 bits.
    package var isWide: Bool

    package init(reference: UInt16, total: UInt8, number: UInt8, isWide: Bool = false) {
        self.reference = reference
        self.total = total
        self.number = number
        self.isWide = isWide
    }

    var header: [UInt8] {
        isWide
            ? [6, 8, 4, UInt8(reference >> 8), UInt8(truncatingIfNeeded: reference), total, number]
            : [5, 0, 3, UInt8(truncatingIfNeeded: reference), total, number]
    }

    /// Finds the concatenation element in a user data header without its length octet.
    init?(header: [UInt8]) {
        var index = 0
        while index + 2 <= header.count {
            let length = Int(header[index + 1])
            let body = Array(header.dropFirst(index + 2).prefix(length))
            switch (header[index], body.count) {
            case (0, 3):
                self.init(reference: UInt16(body[0]), total: body[1], number: body[2])
                return
            case (8, 4):
                self.init(
                    reference: UInt16(body[0]) << 8 | UInt16(body[1]), total: body[2], number: body[3], isWide: true)
                return
            default: index += 2 + length
            }
        }
        return nil
    }
}

/// An SMS-DELIVER: a message that the network stores on the SIM.
struct DeliverPDU {
    var smsc: String
    var originator: String
    var text: String
    var time: Date
    var concatenation: Concatenation?

    var octets: [UInt8] {
        let header = concatenation?.header ?? []
        let septets = GSMAlphabet.septets(of: text)
        var pdu = Address.encodeSMSC(smsc)
        pdu.append(header.isEmpty ? 0x04 : 0x44)
        pdu += Address.encode(originator)
        pdu += [0x00, septets == nil ? 0x08 : 0x00]
        pdu += SMSCTimestamp.encode(time)
        if let septets {
            let headerSeptets = (header.count * 8 + 6) / 7
            pdu.append(UInt8(clamping: headerSeptets + septets.count))
            pdu += header + SeptetPacking.pack(septets, after: header.count)
        } else {
            let units = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            pdu.append(UInt8(clamping: header.count + units.count))
            pdu += header + units
        }
        return pdu
    }
}

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

/// An SMS-STATUS-REPORT.
struct StatusReportPDU {
    var smsc: String
    var reference: UInt8
    var recipient: String
    var time: Date
    /// TP-ST: 0 delivered, 0x46 permanent failure.
    var status: UInt8

    var octets: [UInt8] {
        let stamp = SMSCTimestamp.encode(time)
        return Address.encodeSMSC(smsc) + [0x06, reference] + Address.encode(recipient) + stamp
            + stamp
            + [status]
    }
}
