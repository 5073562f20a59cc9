// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu

/// Access to libgammu's array of fifty messages, which Swift imports as a tuple that must never be copied.
enum GammuMessages {
    static func first(_ list: UnsafeMutablePointer<GSM_MultiSMSMessage>) -> UnsafeMutablePointer<GSM_SMSMessage> {
        let offset = MemoryLayout<GSM_MultiSMSMessage>.offset(of: \.SMS) ?? MemoryLayout<Int32>.stride
        return (UnsafeMutableRawPointer(list) + offset).assumingMemoryBound(to: GSM_SMSMessage.self)
    }
}
