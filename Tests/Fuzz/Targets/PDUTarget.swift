import Foundation

@testable import Messages
@testable import Simulator

/// The PDUs and AT lines sent to the simulated modem.
enum PDUTarget {
    static func run(_ input: [UInt8]) throws(BrokenRule) {
        _ = SubmitPDU(input)
        _ = Concatenation(header: input)
        for start in 0..<min(input.count, 16) {
            var index = start
            _ = Address.decode(input, &index)
            try rule(index >= start && index <= input.count, "an address ends outside of the PDU")
        }
        if let count = input.first {
            for header in [0, 6, 7] { _ = SeptetPacking.unpack(input, count: Int(count), after: header) }
        }
        converse(input)
        converse(Array("AT+CMGS=1\r\(ATDialogue.hex(input))\u{1a}AT+CMGL=4\r".utf8))
    }

    private static func converse(_ bytes: [UInt8]) {
        var dialogue = ATDialogue(places: 4, smsc: "+255754000000", imei: "350000000000006", pin: nil)
        let deliver = DeliverPDU(
            smsc: "+255754000000", originator: "M-PESA", text: text(of: bytes),
            time: Date(timeIntervalSince1970: 1_790_000_000),
            concatenation: Concatenation(reference: 7, total: 2, number: 1, isWide: bytes.count % 2 == 0))
        let octets = deliver.octets
        if let place = dialogue.storage.store(octets) { _ = dialogue.indication(of: place) }
        for output in dialogue.receive(bytes) + dialogue.receive([0x0d]) {
            guard case .transmitted(let submit, let reference) = output else { continue }
            let report = StatusReportPDU(
                smsc: "+255754000000", reference: reference, recipient: submit.recipient,
                time: Date(timeIntervalSince1970: 1_790_000_000), status: 0)
            _ = dialogue.indication(of: report)
            _ = OutgoingText(submit.text)
        }
        dialogue.hostLeft()
    }

    static let seeds: [String] = [
        "AT\rATE0\rAT+CMEE=2\rAT+CNMI=2,1,0,1,0\rAT+CMGL=4\rAT+CMGR=1\rAT+CMGD=1,0\r",
        "AT+CPIN=\"1234\"\rAT+CSCS=\"UCS2\"\r",
        "AT+CMGS=20\r0031000B915275540012F30000FF05C8329BFD06\u{1a}", "AT+CMGS=20\r\u{1b}", "AT+CMGS=20\rZZ\u{1a}",
        "AT+CMGR=99999999999999999999\rAT+CMGR=-1\rAT+CMGD=\rAT+CMGD=,\rAT+CNMI=\r", "AT+CPMS=\"SM\"\rAT+CPMS=\"ME\"\r",
    ]

    /// SMS-SUBMIT PDUs: in GSM-7, in UCS-2, with a header, and cut off.
    static let octets: [[UInt8]] = [
        [0, 0x31, 0, 12, 0x91, 0x52, 0x57, 0x45, 0x00, 0x30, 0x12, 0, 0, 0xff, 5, 0xc8, 0x32, 0x9b, 0xfd, 0x06],
        [0, 0x31, 0, 12, 0x91, 0x52, 0x57, 0x45, 0x00, 0x30, 0x12, 0, 8, 0xff, 4, 0xd8, 0x3d, 0xde, 0x00],
        [0, 0x71, 0, 4, 0x81, 0x21, 0x43, 0, 8, 0xff, 8, 5, 0, 3, 7, 2, 1, 0x4e, 0x2d],
        [0, 0x71, 0, 4, 0x81, 0x21, 0x43, 0, 0, 0xff, 12, 6, 8, 4, 1, 2, 2, 1, 0xc8, 0x32],
        [0, 0x41, 0, 11, 0xd0, 0xcd, 0x66, 0x74, 0x99, 0x0a, 0x0e, 0, 0, 0xff, 0xff], [7, 0x91, 0x52],
        [0, 0x41, 0, 0, 0x91, 0, 0, 0, 0xff], [0xff], [0, 1, 0, 0xff, 0xd0],
    ]

    static let words = [
        "AT", "+CMGS=", "+CMGL", "+CMGR=", "+CMGD=", "+CNMI=", "+CPIN=", "+CSCS=", "+CMEE=", "+CPMS=", "\r", "\u{1a}",
        "\u{1b}",
        "\"", ",", "0031000B91", "0071000481", "050003", "060804", "FF", "7F", "00",
    ]
}
