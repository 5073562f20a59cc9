import Foundation
import Messages

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
