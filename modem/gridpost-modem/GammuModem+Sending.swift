// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import CPace
import Glibc
import ModemMessages

/// Sending.
extension GammuModem {
    /// Sends one part and waits for the result.
    func send(_ part: OutgoingPart) -> SendOutcome {
        guard let machine else {
            return .failed(ModemFailure(verdict: .modemTrouble, reason: "the modem is not open"))
        }
        guard !smsc.allSatisfy({ $0 == 0 }) else {
            return .failed(
                ModemFailure(
                    verdict: .tryAgain, reason: "the SIM has no SMSC number; set it with a phone", code: 330,
                    needsOperator: true))
        }
        clearBuffer()
        let message = GammuMessages.first(buffer)
        guard OutgoingMessage.fill(message, part, smsc: smsc, machine) else {
            return .failed(ModemFailure(verdict: .giveUp, reason: "the part does not fit into one short message"))
        }
        sendStatus = nil
        let error = GSM_SendSMS(machine, message)
        guard error == ERR_NONE else {
            // An error of the call itself means that there was no prompt and nothing was sent.
            return .failed(GammuVerdict.failure(error, "the modem did not accept the message"))
        }
        return waitForStatus(machine)
    }

    private func waitForStatus(_ machine: OpaquePointer) -> SendOutcome {
        let deadline = Monotonic.milliseconds + Int64(sendTimeout) * 1_000
        while true {
            if let sendStatus {
                return GammuVerdict.outcome(status: Int(sendStatus.status), reference: Int(sendStatus.reference))
            }
            let left = deadline - Monotonic.milliseconds
            guard left > 0 else {
                return .failed(
                    ModemFailure(verdict: .unknown, reason: "the modem did not report the result of the message"))
            }
            if let descriptor {
                var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = Glibc.poll(&wait, 1, Int32(clamping: left))
                guard wait.revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0 else {
                    return .failed(
                        ModemFailure(verdict: .unknown, reason: "the port disappeared while sending a message"))
                }
            }
            GSM_ReadDevice(machine, 0)
        }
    }
}
