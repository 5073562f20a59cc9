// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import CPace
import Glibc
import ModemMessages

/// One libgammu state machine with its pending events. Used by one thread; callbacks only add to queues.
final class GammuModem {
    /// The serial port that libgammu opened.
    private(set) var descriptor: Int32?
    /// The state machine must not be used again.
    var isExhausted = false
    private let ports: AllowedPorts
    private var confinement = Confinement()
    private(set) var machine: OpaquePointer?
    /// The settings that the port was opened with.
    private var settings: ModemSettings?
    /// Sends a report to the daemon at once.
    let say: (ModemReport) -> Void
    /// The scan of the stores in progress.
    var walk: StoreWalk?
    var setAside = SetAside()
    /// SR may have delivery reports: at the start, and after one was found there.
    var mayHoldReports = true
    /// Whether the modem accepted to indicate new messages.
    private var canIndicate = false
    /// The port is open and the SIM waits for its PIN.
    private var isLocked = false
    /// A USSD session may be open.
    var isInUSSD = false
    /// This process has ended the session of an earlier one.
    var endedUSSDOnce = false
    /// libgammu packs service codes.
    var packsUSSD = false
    var sendTimeout = 60
    var smsc: [UInt8] = []
    /// One message buffer for all reads, because it has a quarter of a megabyte.
    let buffer = UnsafeMutablePointer<GSM_MultiSMSMessage>.allocate(capacity: 1)
    private var arrivals: [Arrival] = []
    var events: [ModemEvent] = []
    var sendStatus: (status: Int32, reference: Int32)?

    /// The information passed to a callback.
    private enum Arrival {
        case stored(location: Int)
        /// A message is stored at an unknown location.
        case somewhere
        case direct(ModemEvent)
    }

    init(ports: AllowedPorts, say: @escaping (ModemReport) -> Void) {
        self.ports = ports
        self.say = say
    }

    deinit { buffer.deallocate() }

    // MARK: Connection

    /// Opens the modem. A locked SIM without a PIN in the settings fails with `pinNeeded`; a second call with the PIN
    /// continues. `avoiding` lists locations that are read without libgammu first.
    func open(_ settings: ModemSettings, avoiding: [AvoidedPlace]) throws(ModemFailure) -> ModemIdentity {
        for place in avoiding { setAside.avoid(place) }
        if isLocked, let machine {
            try enter(settings.pin, machine)
            return try begin(machine, settings)
        }
        let machine = try connect(settings)
        // libgammu takes up to a second to query the SIM's lock; a SIM that reports its messages is not locked.
        var memory = GSM_SMSMemoryStatus()
        if GSM_GetSMSStatus(machine, &memory) != ERR_NONE { try unlock(machine, settings.pin) }
        return try begin(machine, settings)
    }

    private func connect(_ settings: ModemSettings) throws(ModemFailure) -> OpaquePointer {
        guard machine == nil else {
            throw ModemFailure(verdict: .modemTrouble, reason: "the modem is open already")
        }
        self.settings = settings
        // Sessions that are opened again later restart nothing.
        self.settings?.restart = nil
        try confinement.keepOnly(port: try PortCheck.look(at: settings.device, ports))
        if let restart = settings.restart { try Restart.carryOut(restart, settings) }
        gridpost_set_pace(settings.pace)
        sendTimeout = settings.sendTimeout
        guard let machine = GSM_AllocStateMachine(), let config = GSM_GetConfig(machine, 0) else {
            throw ModemFailure(verdict: .modemTrouble, reason: "libgammu cannot allocate memory")
        }
        self.machine = machine
        GSM_SetDebugLevel("none", GSM_GetDebug(machine))
        config.pointee.Device = strdup(settings.device)
        config.pointee.Connection = strdup(settings.connection)
        config.pointee.DebugFile = strdup("")
        config.pointee.UseGlobalDebugFile = 0
        // Zeros would disable all indications.
        config.pointee.CNMIParams = (-1, -1, -1, -1, -1)
        withUnsafeMutableBytes(of: &config.pointee.Model) { $0.copyBytes(from: Array("at\0".utf8)) }
        GSM_SetConfigNum(machine, 1)
        try check(GSM_InitConnection(machine, 1), "the modem does not answer")
        registerCallbacks(machine)
        return machine
    }

    private func begin(_ machine: OpaquePointer, _ settings: ModemSettings) throws(ModemFailure) -> ModemIdentity {
        descriptor = PortCheck.descriptor(of: settings.device)
        if let descriptor {
            HangUpWatch.start(on: descriptor)
            gridpost_watch(descriptor)
        }
        try readSMSC(machine)
        // Modems without indications are polled; modems without fast sending are slower. Neither is an error.
        let indicates = GSM_SetIncomingSMS(machine, 1) == ERR_NONE
        canIndicate = indicates
        _ = GSM_SetFastSMSSending(machine, 1)
        (isInUSSD, endedUSSDOnce, packsUSSD) = (false, false, false)
        if settings.packsUSSD { _ = packUSSD(machine) }
        return ModemIdentity(
            manufacturer: text { GSM_GetManufacturer(machine, $0) }, model: text { GSM_GetModel(machine, $0) },
            firmware: text { GSM_GetFirmware(machine, $0, nil, nil) }, imei: text { GSM_GetIMEI(machine, $0) },
            smsc: GammuText.decode(smsc), indicates: indicates)
    }

    func close() {
        guard let machine else { return }
        if descriptor != nil { HangUpWatch.stop() }
        gridpost_watch(-1)
        GSM_TerminateConnection(machine)
        self.machine = nil
        descriptor = nil
    }

    /// Closes libgammu's session, runs `body` on the port, and opens the session again. Throws with the port closed; a
    /// failure ends the process.
    func withoutLibgammu(_ body: (inout RawStores) throws(ModemFailure) -> Void) throws(ModemFailure) {
        try reopen { (settings) throws(ModemFailure) in
            let port = try RawPort(device: settings.device, connection: settings.connection)
            defer { port.close() }
            var stores = try RawStores(port)
            try body(&stores)
        }
    }

    /// Opens libgammu's session again if the modem has restarted: it has forgotten all settings, and libgammu would take
    /// its first lines for the beginning of the next answer.
    func reopenAfterRestart() throws(ModemFailure) {
        if machine != nil, gridpost_saw_restart() != 0 { try reopen { _ in } }
    }

    /// Closes libgammu's session and opens it again, with `body` in between.
    private func reopen(_ body: (ModemSettings) throws(ModemFailure) -> Void) throws(ModemFailure) {
        guard let settings, let old = machine else { throw Self.notOpen }
        close()
        GSM_FreeStateMachine(old)
        try body(settings)
        _ = try begin(try connect(settings), settings)
    }

    func status() throws(ModemFailure) -> ModemStatus {
        let machine = try opened()
        var signal = GSM_SignalQuality()
        try check(GSM_GetSignalQuality(machine, &signal), "the modem does not report its signal")
        var network = GSM_NetworkInfo()
        let hasNetwork = GSM_GetNetworkInfo(machine, &network) == ERR_NONE
        var memory = GSM_SMSMemoryStatus()
        let hasMemory = GSM_GetSMSStatus(machine, &memory) == ERR_NONE
        let name = withUnsafeBytes(of: &network.NetworkCode) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let registered = network.State == GSM_HomeNetwork || network.State == GSM_RoamingNetwork
        return ModemStatus(
            signalPercent: signal.SignalPercent >= 0 ? Int(signal.SignalPercent) : nil,
            network: hasNetwork ? name : nil, isRegistered: hasNetwork ? registered : nil,
            storeUsed: hasMemory ? Int(memory.SIMUsed) + Int(memory.PhoneUsed) : nil,
            storeSize: hasMemory ? Int(memory.SIMSize) + Int(memory.PhoneSize) : nil,
            storePercent: hasMemory
                ? max(
                    Self.percent(memory.SIMUsed, of: memory.SIMSize),
                    Self.percent(memory.PhoneUsed, of: memory.PhoneSize))
                : nil)
    }

    /// Checks that the modem answers.
    func ping() throws(ModemFailure) {
        var signal = GSM_SignalQuality()
        let error = GSM_GetSignalQuality(try opened(), &signal)
        guard GammuVerdict.endsConnection(error) else { return }
        throw GammuVerdict.failure(error, "the modem does not answer")
    }

    /// Asks the modem to indicate new messages: one that has restarted has forgotten this. libgammu asks only if
    /// indications were off before. Call this before a scan, which finds what arrives in between.
    func askForIndications() {
        guard let machine, canIndicate else { return }
        _ = GSM_SetIncomingSMS(machine, 0)
        _ = GSM_SetIncomingSMS(machine, 1)
    }

    /// Wants a scan of the stores if the modem has said that it restarted.
    func lookForRestart() {
        if gridpost_saw_restart() != 0 { say(.wantsPoll) }
    }

    private static func percent(_ used: Int32, of size: Int32) -> Int {
        size > 0 ? min(100, max(0, Int(used) * 100 / Int(size))) : 0
    }

    /// Lets libgammu read the pending bytes of the port.
    func pump() {
        guard let machine else { return }
        GSM_ReadDevice(machine, 0)
    }

    // MARK: Receiving

    /// Returns the events since the last call, after reading indicated messages.
    func takeEvents() -> [ModemEvent] {
        while !arrivals.isEmpty, !isExhausted {
            switch arrivals.removeFirst() {
            case .direct(let event): events.append(event)
            case .stored(let location): readStored(location)
            case .somewhere: say(.wantsPoll)
            }
        }
        defer { events = [] }
        return events
    }

    func received() -> [UnsafeMutablePointer<GSM_SMSMessage>] {
        let first = GammuMessages.first(buffer)
        return (0..<Int(min(max(buffer.pointee.Number, 0), 50))).map { first + $0 }
    }

    func clearBuffer() { memset(buffer, 0, MemoryLayout<GSM_MultiSMSMessage>.size) }

    // MARK: libgammu

    private static var notOpen: ModemFailure { ModemFailure(verdict: .modemTrouble, reason: "the modem is not open") }

    func opened() throws(ModemFailure) -> OpaquePointer {
        guard let machine else { throw Self.notOpen }
        return machine
    }

    func check(_ error: GSM_Error, _ what: String) throws(ModemFailure) {
        guard error == ERR_NONE else { throw GammuVerdict.failure(error, what) }
    }

    /// libgammu calls back on this thread, inside any call that reads the port. Calling libgammu from a callback would
    /// corrupt its state, so the callbacks only record their arguments.
    private func registerCallbacks(_ machine: OpaquePointer) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        GSM_SetSendSMSStatusCallback(
            machine,
            { @Sendable _, status, reference, context in
                guard let context else { return }
                Unmanaged<GammuModem>.fromOpaque(context).takeUnretainedValue().sendStatus = (status, reference)
            }, me)
        GSM_SetIncomingSMSCallback(
            machine,
            { @Sendable _, message, context in
                guard let context, let message else { return }
                Unmanaged<GammuModem>.fromOpaque(context).takeUnretainedValue().note(message)
            }, me)
    }

    private func note(_ message: UnsafeMutablePointer<GSM_SMSMessage>) {
        guard arrivals.count < 1_000 else { return }
        switch (message.pointee.PDU, message.pointee.Memory) {
        case (SMS_Deliver, _):
            if let event = IncomingMessage.event(message, stored: false) { arrivals.append(.direct(event)) }
        case (SMS_Status_Report, MEM_SR):
            arrivals.append(.stored(location: Int(message.pointee.Location) + StoredReports.begin))
        case (SMS_Status_Report, _):
            if let event = IncomingMessage.event(message, stored: false) { arrivals.append(.direct(event)) }
        case (_, MEM_SM): arrivals.append(.stored(location: Int(message.pointee.Location)))
        // Phone memory starts at 100001 in libgammu's flat locations.
        case (_, MEM_ME): arrivals.append(.stored(location: Int(message.pointee.Location) + 100_000))
        default: arrivals.append(.somewhere)
        }
    }

    private func unlock(_ machine: OpaquePointer, _ pin: String?) throws(ModemFailure) {
        var status = GSM_SecurityCode()
        let error = GSM_GetSecurityStatus(machine, &status.Type)
        guard error == ERR_NONE, status.Type == SEC_Pin else {
            if error == ERR_NONE, status.Type != SEC_None {
                throw ModemFailure(
                    verdict: .modemTrouble, reason: "the SIM asks for a PUK or another code; enter it in a phone",
                    needsOperator: true, kind: .noSIM)
            }
            // Neither its messages nor its lock: there is no SIM, or it has not started yet.
            let answers = !GammuVerdict.endsConnection(error) || error == ERR_NOSIM || error == ERR_SECURITYERROR
            let isKnown = error != ERR_NOTSUPPORTED && error != ERR_NOTIMPLEMENTED
            if error != ERR_NONE, answers, isKnown {
                throw ModemFailure(
                    verdict: .modemTrouble, reason: "the modem has no SIM, or cannot read it", needsOperator: true,
                    kind: .noSIM)
            }
            return
        }
        isLocked = true
        try enter(pin, machine)
    }

    /// Sends the PIN to the SIM. Three wrong PINs lock it: the daemon records each PIN on disk first and never sends
    /// one twice.
    private func enter(_ pin: String?, _ machine: OpaquePointer) throws(ModemFailure) {
        guard let pin, pin.utf8.count < 16 else {
            throw ModemFailure(
                verdict: .modemTrouble, reason: "the SIM asks for its PIN, but none is configured", needsOperator: true,
                kind: .pinNeeded)
        }
        var code = GSM_SecurityCode()
        code.Type = SEC_Pin
        withUnsafeMutableBytes(of: &code.Code) { $0.copyBytes(from: Array(pin.utf8) + [0]) }
        switch GSM_EnterSecurityCode(machine, &code) {
        case ERR_NONE: isLocked = false
        case ERR_SECURITYERROR:
            throw ModemFailure(
                verdict: .modemTrouble, reason: "the SIM refused this PIN", needsOperator: true, kind: .wrongPIN)
        case let error: throw GammuVerdict.failure(error, "the SIM does not report whether it accepted its PIN")
        }
    }

    private func readSMSC(_ machine: OpaquePointer) throws(ModemFailure) {
        var setting = GSM_SMSC()
        setting.Location = 1
        let error = GSM_GetSMSC(machine, &setting)
        // A SIM without one still receives.
        guard error == ERR_NONE || GammuVerdict.endsConnection(error) else { return smsc = [] }
        try check(error, "the SIM does not report its SMSC")
        smsc = withUnsafeBytes(of: &setting.Number) { Array($0) }
    }

    private func text(_ read: (UnsafeMutablePointer<CChar>) -> GSM_Error) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard read(&buffer) == ERR_NONE else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
