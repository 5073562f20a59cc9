// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import ModemMessages

/// Fills one libgammu message with one part. The daemon chooses the alphabet and splits the text, because libgammu
/// would silently replace unsupported characters by `?` and cut long texts.
enum OutgoingMessage {
    static func fill(
        _ message: UnsafeMutablePointer<GSM_SMSMessage>, _ part: OutgoingPart, smsc: [UInt8],
        _ machine: OpaquePointer
    ) -> Bool {
        GSM_SetDefaultSMSData(message)
        message.pointee.PDU = part.wantsReport ? SMS_Status_Report : SMS_Submit
        message.pointee.Coding = part.isUCS2 ? SMS_Coding_Unicode_No_Compression : SMS_Coding_Default_No_Compression
        message.pointee.Class = -1
        message.pointee.Length = Int32(part.text.utf16.count)
        let fits =
            withUnsafeMutableBytes(of: &message.pointee.Text) { GammuText.write(part.text, to: $0) }
            && withUnsafeMutableBytes(of: &message.pointee.Number) { GammuText.write(part.recipient, to: $0) }
        withUnsafeMutableBytes(of: &message.pointee.SMSC.Number) { $0.copyBytes(from: smsc.prefix($0.count)) }
        message.pointee.SMSC.Location = 0
        message.pointee.SMSC.Validity.Format = SMS_Validity_RelativeFormat
        message.pointee.SMSC.Validity.Relative = GSM_ValidityPeriod(rawValue: UInt32(part.validity))
        if let place = part.concatenation {
            // The daemon sets the references: libgammu derives its own from the clock, and they collide.
            message.pointee.UDH.Type = place.isWide ? UDH_ConcatenatedMessages16bit : UDH_ConcatenatedMessages
            message.pointee.UDH.ID8bit = place.isWide ? -1 : Int32(place.reference & 0xff)
            message.pointee.UDH.ID16bit = place.isWide ? Int32(place.reference & 0xffff) : -1
            message.pointee.UDH.PartNumber = Int32(place.number)
            message.pointee.UDH.AllParts = Int32(place.total)
            GSM_EncodeUDHHeader(GSM_GetDebug(machine), &message.pointee.UDH)
        }
        return fits
    }
}
