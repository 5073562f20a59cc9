import Foundation

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
