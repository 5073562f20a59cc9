// SPDX-License-Identifier: GPL-2.0-or-later

// Sends short messages through libgammu in a bare loop, without a daemon or a database: what `make bench` compares the
// gateway with. Usage: gammu-bare-loop DEVICE COUNT. Prints the seconds and the CPU seconds that it took.

import CGammu
import CPace
import Glibc

func fail(_ text: String) -> Never {
    let line = text + "\n"
    _ = line.withCString { Glibc.write(2, $0, strlen($0)) }
    exit(1)
}

guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else {
    fail("usage: gammu-bare-loop DEVICE COUNT")
}
gridpost_set_pace(1_000)
GSM_InitLocales(nil)
guard let machine = GSM_AllocStateMachine(), let config = GSM_GetConfig(machine, 0) else { fail("no memory") }
GSM_SetDebugLevel("none", GSM_GetDebug(machine))
config.pointee.Device = strdup(CommandLine.arguments[1])
config.pointee.Connection = strdup("at115200")
config.pointee.DebugFile = strdup("")
config.pointee.UseGlobalDebugFile = 0
config.pointee.CNMIParams = (-1, -1, -1, -1, -1)
withUnsafeMutableBytes(of: &config.pointee.Model) { $0.copyBytes(from: Array("at\0".utf8)) }
GSM_SetConfigNum(machine, 1)
guard GSM_InitConnection(machine, 1) == ERR_NONE else { fail("the modem does not answer") }

/// What the last send came to: written by the callback, inside the calls of this thread.
final class Status {
    var value: Int32?
}
let status = Status()
GSM_SetSendSMSStatusCallback(
    machine,
    { @Sendable _, value, _, context in
        guard let context else { return }
        Unmanaged<Status>.fromOpaque(context).takeUnretainedValue().value = value
    }, Unmanaged.passUnretained(status).toOpaque())
_ = GSM_SetFastSMSSending(machine, 1)
var smsc = GSM_SMSC()
smsc.Location = 1
guard GSM_GetSMSC(machine, &smsc) == ERR_NONE else { fail("the SIM does not state its SMSC") }

func write(_ text: String, _ bytes: UnsafeMutableRawBufferPointer) {
    var place = 0
    for unit in text.utf16 + [0] where place + 1 < bytes.count {
        bytes[place] = UInt8(unit >> 8)
        bytes[place + 1] = UInt8(unit & 0xff)
        place += 2
    }
}

func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

let clock = ContinuousClock()
let (started, cpu) = (clock.now, cpuSeconds())
for number in 0..<count {
    var message = GSM_SMSMessage()
    GSM_SetDefaultSMSData(&message)
    message.PDU = SMS_Submit
    message.Coding = SMS_Coding_Default_No_Compression
    message.Class = -1
    let text = "Token: 1234 5678 9012 3456 7890, 4.0 kWh, \(number)"
    message.Length = Int32(text.utf16.count)
    withUnsafeMutableBytes(of: &message.Text) { write(text, $0) }
    withUnsafeMutableBytes(of: &message.Number) { write("+255712000678", $0) }
    message.SMSC.Number = smsc.Number
    message.SMSC.Location = 0
    message.SMSC.Validity.Format = SMS_Validity_RelativeFormat
    message.SMSC.Validity.Relative = GSM_ValidityPeriod(rawValue: 167)
    status.value = nil
    guard GSM_SendSMS(machine, &message) == ERR_NONE else { fail("the modem did not take message \(number)") }
    while status.value == nil { GSM_ReadDevice(machine, 1) }
}
print("\((clock.now - started) / .seconds(1)) \(cpuSeconds() - cpu)")
