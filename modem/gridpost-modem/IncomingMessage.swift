// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import ModemMessages

/// Converts libgammu's messages to events.
enum IncomingMessage {
    static func event(_ message: UnsafeMutablePointer<GSM_SMSMessage>, stored: Bool) -> ModemEvent? {
        let place = stored ? StoredPlace(location: Int(message.pointee.Location), mark: mark(message)) : nil
        let number = withUnsafeBytes(of: &message.pointee.Number) { GammuText.decode($0) }
        switch message.pointee.PDU {
        case SMS_Status_Report:
            return .deliveryReport(
                DeliveryReport(
                    place: place, recipient: number, reference: Int(message.pointee.MessageReference),
                    status: Int(message.pointee.DeliveryStatus)))
        case SMS_Deliver:
            return .part(
                ReceivedPart(
                    place: place, originator: number,
                    smsc: withUnsafeBytes(of: &message.pointee.SMSC.Number) { GammuText.decode($0) },
                    sentAt: seconds(message.pointee.DateTime), text: text(message), coding: coding(message),
                    concatenation: concatenation(message)))
        default:
            // Sent or unsent messages of the host in the store.
            return nil
        }
    }

    /// Returns `false` for messages that libgammu reports as read but cannot decode: compressed texts and those of
    /// reserved alphabets, which it leaves empty, and 7-bit messages whose header is longer than the message, for which
    /// it returns arbitrary memory. A 7-bit message with a header and no text looks the same and is also rejected.
    static func isSound(_ message: UnsafeMutablePointer<GSM_SMSMessage>) -> Bool {
        let known = [SMS_Coding_Default_No_Compression, SMS_Coding_Unicode_No_Compression, SMS_Coding_8bit]
        // Reports have no text.
        guard message.pointee.PDU == SMS_Deliver else { return true }
        let header = message.pointee.UDH.Length
        return known.contains(message.pointee.Coding) && (0...140).contains(header)
            && (header == 0 || message.pointee.Length > 0 || coding(message) != .gsm7)
    }

    /// The mark of sender, time, header and text; see `MessageMark`.
    static func mark(_ message: UnsafeMutablePointer<GSM_SMSMessage>) -> Int64 {
        var mark = MessageMark()
        // Only the message's own bytes: after its texts, libgammu leaves bytes of the previous message.
        mark.add(withUnsafeBytes(of: &message.pointee.Number) { GammuText.decode($0) }.utf8)
        withUnsafeBytes(of: &message.pointee.UDH.Text) {
            mark.add($0.prefix(Int(max(0, min(message.pointee.UDH.Length, 140)))))
        }
        mark.add(text(message).utf8)
        let time = message.pointee.DateTime
        for number in [time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, time.Timezone] {
            withUnsafeBytes(of: number) { mark.add($0) }
        }
        if message.pointee.PDU == SMS_Status_Report {
            mark.add([message.pointee.MessageReference, message.pointee.DeliveryStatus])
        }
        return mark.value
    }

    private static func coding(_ message: UnsafeMutablePointer<GSM_SMSMessage>) -> ReceivedPart.Coding {
        switch message.pointee.Coding {
        case SMS_Coding_Unicode_No_Compression, SMS_Coding_Unicode_Compression: .ucs2
        case SMS_Coding_8bit: .binary
        default: .gsm7
        }
    }

    private static func text(_ message: UnsafeMutablePointer<GSM_SMSMessage>) -> String {
        let length = Int(max(0, min(message.pointee.Length, 650)))
        return withUnsafeBytes(of: &message.pointee.Text) { bytes in
            switch coding(message) {
            // The length of 7-bit texts also counts escapes, and their alphabet has no NUL.
            case .gsm7: return GammuText.decode(bytes)
            case .ucs2: return GammuText.decode(bytes, units: length)
            case .binary: break
            }
            // Octets are kept as hexadecimal digits, as evidence.
            return bytes.prefix(length).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// Parses the raw header, because libgammu recognises concatenation only without other header elements.
    private static func concatenation(_ message: UnsafeMutablePointer<GSM_SMSMessage>) -> PartPlace? {
        let header: [UInt8] = withUnsafeBytes(of: &message.pointee.UDH.Text) { bytes in
            let length = Int(max(0, min(message.pointee.UDH.Length, Int32(bytes.count))))
            return Array(bytes.prefix(length).dropFirst())
        }
        var index = 0
        while index + 2 <= header.count {
            let body = Array(header.dropFirst(index + 2).prefix(Int(header[index + 1])))
            var place: PartPlace?
            switch (header[index], body.count) {
            case (0x00, 3):
                place = PartPlace(reference: Int(body[0]), total: Int(body[1]), number: Int(body[2]), isWide: false)
            case (0x08, 4):
                place = PartPlace(
                    reference: Int(body[0]) << 8 | Int(body[1]), total: Int(body[2]), number: Int(body[3]), isWide: true
                )
            default: break
            }
            // A part with number 0, or beyond the last, is a separate message (23.040, 9.2.3.24.1).
            if let place { return place.total > 1 && (1...place.total).contains(place.number) ? place : nil }
            index += 2 + Int(header[index + 1])
        }
        return nil
    }

    /// Seconds since 1970 in UTC; `nil` if the time stamp is not a valid time.
    private static func seconds(_ time: GSM_DateTime) -> Int64? {
        let (year, month, day) = (Int64(time.Year), Int64(time.Month), Int64(time.Day))
        guard (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(time.Hour),
            (0...59).contains(time.Minute), (0...60).contains(time.Second), time.Timezone.magnitude <= 15 * 3_600
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + Int64(time.Hour) * 3_600 + Int64(time.Minute) * 60 + Int64(time.Second)
            - Int64(time.Timezone)
    }
}
