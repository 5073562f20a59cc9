import Foundation

/// The AT side of a modem as a pure state machine: it takes bytes and returns bytes and events (3GPP TS 27.005 and
/// 27.007).
struct ATDialogue: Sendable {
    enum Output: Sendable {
        case bytes([UInt8])
        /// A message was sent to the network with this reference.
        case transmitted(SubmitPDU, reference: UInt8)
        /// A service code, or an answer to a menu, was sent to the network.
        case dialled(String)
        /// The host ended its USSD session.
        case ussdEnded
    }

    var storage: SIMStorage
    /// SR, where some modems keep delivery reports.
    var reportStorage: SIMStorage
    /// The memory that commands refer to is SR.
    private var isSRSelected = false
    /// Whether what the network says by USSD is presented.
    private var presentsUSSD = false
    var faults: Set<Fault> = []
    var pin: String?
    let smsc: String
    let imei: String
    /// Whether new messages are indicated with +CMTI, and reports with +CDS.
    private(set) var indicates = false
    private(set) var reports = false
    private var storesReports = false
    private(set) var commands: [String] = []
    private var line: [UInt8] = []
    /// Unsolicited lines that wait until the host has finished its command, as V.250 requires.
    private var held: [UInt8] = []
    private var pdu: [UInt8]?
    private var echo = true
    private var extendedErrors = 0
    private var characterSet = "GSM"
    private var reference: UInt8 = 0

    init(places: Int, reportPlaces: Int = 0, smsc: String, imei: String, pin: String?) {
        storage = SIMStorage(places: places)
        reportStorage = SIMStorage(places: reportPlaces)
        self.smsc = smsc
        self.imei = imei
        self.pin = pin
    }

    /// Handles the host closing the port: an unfinished line is discarded.
    mutating func hostLeft() {
        line = []
        pdu = nil
        held = []
        indicates = false
        reports = false
        storesReports = false
        isSRSelected = false
        presentsUSSD = false
        echo = true
    }

    mutating func receive(_ bytes: [UInt8]) -> [Output] {
        guard !faults.contains(.deaf) else { return [] }
        var outputs: [Output] = []
        for byte in bytes {
            if echo { outputs.append(.bytes([byte])) }
            if pdu != nil {
                switch byte {
                case 0x1a:
                    outputs += endOfPDU()
                    pdu = nil
                case 0x1b:
                    pdu = nil
                    outputs.append(.text("\r\nOK\r\n"))
                default: if pdu?.count ?? 0 < 1_000 { pdu?.append(byte) }
                }
            } else if byte == 0x0d {
                let command = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                line = []
                if !command.isEmpty { outputs += execute(command) }
            } else if line.count < 1_000 {
                line.append(byte)
            }
        }
        if !held.isEmpty, isAtRest {
            outputs.append(.bytes(held))
            held = []
        }
        return outputs
    }

    private var isAtRest: Bool { line.isEmpty && pdu == nil }

    /// Sends an unsolicited line, now or after the host's command.
    private mutating func say(_ text: String) -> [UInt8] {
        guard !isAtRest else { return Array(text.utf8) }
        held += Array(text.utf8)
        return []
    }

    /// The indication for a message that was stored.
    mutating func indication(of place: Int) -> [UInt8] {
        indicates && !faults.contains(.silentArrival) ? say("\r\n+CMTI: \"SM\",\(place)\r\n") : []
    }

    mutating func indication(of report: StatusReportPDU) -> [UInt8] {
        guard reports else { return [] }
        let octets = report.octets
        if storesReports {
            return reportStorage.store(octets).map { say("\r\n+CDSI: \"SR\",\($0)\r\n") } ?? []
        }
        return say("\r\n+CDS: \(octets.count - 1 - Int(octets[0]))\r\n\(Self.hex(octets))\r\n")
    }

    private mutating func endOfPDU() -> [Output] {
        let digits = String(decoding: pdu ?? [], as: UTF8.self)
        guard let octets = Self.octets(digits), let submit = SubmitPDU(octets) else { return [error(cms: 304)] }
        if let refusal = take(where: { if case .refusedSend(let code) = $0 { code } else { nil } }) {
            return [error(cms: refusal)]
        }
        for case .barred(let code) in faults { return [error(cms: code)] }
        if faults.remove(.lostWithoutAnswer) != nil { return [] }
        reference &+= 1
        if faults.remove(.acceptedAndLost) != nil { return [.text("\r\n+CMGS: \(reference)\r\n\r\nOK\r\n")] }
        let transmitted = Output.transmitted(submit, reference: reference)
        if faults.remove(.sentWithoutAnswer) != nil || faults.contains(.neverAnswers) { return [transmitted] }
        if faults.remove(.sendWithoutReference) != nil { return [transmitted, .text("\r\nOK\r\n")] }
        return [transmitted, .text("\r\n+CMGS: \(reference)\r\n\r\nOK\r\n")]
    }

    private mutating func take(where read: (Fault) -> Int?) -> Int? {
        for fault in faults {
            if let code = read(fault) {
                faults.remove(fault)
                return code
            }
        }
        return nil
    }

    private mutating func execute(_ command: String) -> [Output] {
        commands.append(command)
        if commands.count > 2_000 { commands.removeFirst(1_000) }
        let upper = command.uppercased()
        guard upper.hasPrefix("AT") else { return [.text("\r\nERROR\r\n")] }
        let rest = String(upper.dropFirst(2))
        // A locked SIM gives no access to its messages (27.005, 3.2.5: SIM PIN required).
        if pin != nil, ["+CMG", "+CPMS", "+CNMI", "+CSCA"].contains(where: rest.hasPrefix) { return [error(cms: 311)] }
        if faults.contains(.stuckRadio), rest != "", !rest.hasPrefix("+CFUN") { return [.text("\r\nERROR\r\n")] }
        if rest == "+CFUN=4" { faults.remove(.stuckRadio) }
        if faults.contains(.noSIM), ["+CMG", "+CPMS", "+CSCA", "+CPIN", "+CIMI"].contains(where: rest.hasPrefix) {
            return [rest.hasPrefix("+CPIN") || rest == "+CIMI" ? error(cme: 10) : error(cms: 310)]
        }
        if faults.contains(.wantsPUK) {
            if rest == "+CPIN?" { return [.text("\r\n+CPIN: SIM PUK\r\n\r\nOK\r\n")] }
            if ["+CMG", "+CPMS", "+CNMI", "+CSCA"].contains(where: rest.hasPrefix) { return [error(cms: 312)] }
        }
        if let answer = plainAnswer(rest) { return [troubled(answer)] }
        if rest.hasPrefix("+CMGS=") {
            guard faults.remove(.noPrompt) == nil else { return [] }
            pdu = []
            return [.text("\r\n> ")]
        }
        if rest.hasPrefix("+CUSD=") { return dial(String(command.dropFirst(8))) }
        if rest.hasPrefix("+CMGL") { return [list()] }
        if rest.hasPrefix("+CMGR=") { return [read(rest)] }
        if rest.hasPrefix("+CMGD=") { return [delete(rest)] }
        if rest.hasPrefix("+CNMI="), !rest.hasPrefix("+CNMI=?") {
            let modes = rest.dropFirst(6).split(separator: ",").map { Int($0) ?? 0 }
            indicates = modes.count > 1 && modes[1] == 1
            reports = modes.count > 3 && modes[3] > 0
            storesReports = modes.count > 3 && modes[3] == 2
            return [.text("\r\nOK\r\n")]
        }
        if rest.hasPrefix("+CPIN=") {
            guard pin == rest.dropFirst(6).replacingOccurrences(of: "\"", with: "") else { return [error(cme: 16)] }
            pin = nil
            return [.text("\r\nOK\r\n")]
        }
        if rest.hasPrefix("+CSCS=") && rest != "+CSCS=?" {
            characterSet = rest.dropFirst(6).replacingOccurrences(of: "\"", with: "")
            return [.text("\r\nOK\r\n")]
        }
        if rest.hasPrefix("+CMEE=") {
            extendedErrors = Int(rest.dropFirst(6)) ?? 0
            return [.text("\r\nOK\r\n")]
        }
        return [.text("\r\nERROR\r\n")]
    }

    /// The answer as a bad line or a talkative modem sends it.
    private mutating func troubled(_ answer: Output) -> Output {
        guard case .bytes(var bytes) = answer else { return answer }
        if faults.contains(.garbage) { bytes = [0x00, 0xff, 0x15, 0x7f, 0x0d, 0x0a] + bytes }
        if faults.contains(.chatter) { bytes = Array("\r\n^RSSI: 21\r\n\r\n+CREG: 1\r\n".utf8) + bytes }
        if faults.remove(.halfAnswer) != nil { bytes = Array(bytes.prefix(bytes.count / 2)) }
        return .bytes(bytes)
    }

    /// Handles commands with a mostly fixed answer.
    private mutating func plainAnswer(_ rest: String) -> Output? {
        func lines(_ text: String) -> Output { .text("\r\n\(text)\r\n\r\nOK\r\n") }
        let ok = Output.text("\r\nOK\r\n")
        let memory = "\(storage.used),\(storage.places)"
        switch rest {
        case "", "Z", "&F", "H", "+CMMS=2", "+CMMS=1", "+CMGF=0", "+CSMS=0", "+CFUN=0", "+CFUN=1", "+CFUN=4",
            "+CFUN=1,1", "+CREG=2", "+CREG=0", "+CREG=1",
            "+CGREG=2", "+CGREG=0", "+COPS=3,0", "+COPS=3,2", "+CRC=1", "+CLIP=1", "+CSDH=0":
            return ok
        case "E0", "E1":
            echo = rest == "E1"
            return ok
        case "+CGMI": return lines("Gridpost")
        case "+CGMM": return lines("Simulator")
        case "+CGMR": return lines("1.0")
        case "+CGSN": return lines(imei)
        case "+CIMI": return lines("640040000000001")
        case "+CPIN?": return lines(pin == nil ? "+CPIN: READY" : "+CPIN: SIM PIN")
        case "+CSCS=?": return lines("+CSCS: (\"GSM\",\"IRA\",\"UCS2\")")
        case "+CSCS?": return lines("+CSCS: \"\(characterSet)\"")
        case "+CSQ" where faults.contains(.unknownSignal): return lines("+CSQ: 99,99")
        case "+CSQ": return lines("+CSQ: 21,0")
        case "+CREG?" where faults.contains(.unregistered): return lines("+CREG: 2,2")
        case "+CGREG?" where faults.contains(.unregistered): return lines("+CGREG: 2,2")
        case "+COPS?" where faults.contains(.unregistered): return lines("+COPS: 0")
        case "+CREG?": return lines("+CREG: 2,1,\"00D1\",\"0CB2\"")
        case "+CGREG?": return lines("+CGREG: 2,1,\"00D1\",\"0CB2\"")
        case "+CGATT?": return lines("+CGATT: 1")
        case "+COPS?": return lines("+COPS: 0,2,\"64004\"")
        case "+CBC": return lines("+CBC: 0,100")
        case "+CSCA?" where faults.contains(.noSMSC): return lines("+CSCA: \"\",129")
        case "+CSCA?": return lines("+CSCA: \"\(smsc)\",145")
        case "+CMGF=?": return lines("+CMGF: (0)")
        case "+CNMI=?": return lines("+CNMI: (0-2),(0-1),(0-3),(0-\(reportStorage.places > 0 ? 2 : 1)),(0,1)")
        case "+CNMI?": return lines("+CNMI: 2,\(indicates ? 1 : 0),0,\(reports ? 1 : 0),0")
        case "+CMEE?": return lines("+CMEE: \(extendedErrors)")
        case "+CPMS=?":
            return lines(
                reportStorage.places > 0
                    ? "+CPMS: (\"SM\",\"SR\"),(\"SM\"),(\"SM\")" : "+CPMS: (\"SM\"),(\"SM\"),(\"SM\")")
        case "+CPMS?": return lines("+CPMS: \"SM\",\(memory),\"SM\",\(memory),\"SM\",\(memory)")
        case let set where set.hasPrefix("+CPMS=\"SR\"") && reportStorage.places > 0:
            isSRSelected = true
            return lines("+CPMS: \(reportStorage.used),\(reportStorage.places),\(memory),\(memory)")
        case let set where set.hasPrefix("+CPMS=\"SM\""):
            isSRSelected = false
            return lines("+CPMS: \(memory),\(memory),\(memory)")
        case let set where set.hasPrefix("+CPMS="): return error(cms: 302)
        default: return nil
        }
    }

    /// `AT+CUSD=[<n>[,<str>[,<dcs>]]]` (3GPP TS 27.007, 7.15).
    private mutating func dial(_ arguments: String) -> [Output] {
        let ok = Output.text("\r\nOK\r\n")
        let fields = arguments.split(separator: ",", maxSplits: 1).map(String.init)
        guard let mode = fields.first, ["0", "1", "2"].contains(mode) else { return [error(cme: 50)] }
        guard fields.count > 1 else {
            if mode != "2" { presentsUSSD = mode == "1" }
            return mode == "2" ? [ok, .ussdEnded] : [ok]
        }
        if faults.contains(.noUSSD) { return [error(cme: 30)] }
        let text = fields[1].split(separator: "\"").first.map(String.init) ?? ""
        let coded = faults.contains(.packedUSSD) ? USSDCoding.unpacked(text) : USSDCoding.typed(text, characterSet)
        guard let input = coded else { return [error(cme: 50)] }
        return [ok, .dialled(input)]
    }

    /// The line that presents what the network says.
    mutating func presentation(of screen: USSDScreen) -> [UInt8] {
        guard presentsUSSD else { return [] }
        return say("\r\n+CUSD: \(screen.line(characterSet))\r\n")
    }

    private mutating func list() -> Output {
        var text = ""
        for place in isSRSelected ? reportStorage.indices : storage.indices {
            guard let message = isSRSelected ? reportStorage.read(place) : storage.read(place) else { continue }
            let length = message.pdu.count - 1 - Int(message.pdu.first ?? 0)
            text += "\r\n+CMGL: \(place),\(message.isRead ? 1 : 0),,\(length)\r\n\(Self.hex(message.pdu))"
        }
        return .text(text + (text.isEmpty ? "" : "\r\n") + "\r\nOK\r\n")
    }

    private mutating func read(_ rest: String) -> Output {
        if isSRSelected {
            if let place = Int(rest.dropFirst(6)), faults.contains(.muteReport(place)) { return .text("") }
            guard let report = Int(rest.dropFirst(6)).flatMap({ reportStorage.read($0) }) else {
                return error(cms: 321)
            }
            let length = report.pdu.count - 1 - Int(report.pdu.first ?? 0)
            return .text("\r\n+CMGR: \(report.isRead ? 1 : 0),,\(length)\r\n\(Self.hex(report.pdu))\r\n\r\nOK\r\n")
        }
        guard let place = Int(rest.dropFirst(6)), (1...storage.places).contains(place) else { return error(cms: 321) }
        guard faults.remove(.silentPlace(place)) == nil, !faults.contains(.mutePlace(place)) else { return .text("") }
        guard let message = storage.read(place) else { return .text("\r\nOK\r\n") }
        let length = message.pdu.count - 1 - Int(message.pdu.first ?? 0)
        return .text("\r\n+CMGR: \(message.isRead ? 1 : 0),,\(length)\r\n\(Self.hex(message.pdu))\r\n\r\nOK\r\n")
    }

    private mutating func delete(_ rest: String) -> Output {
        if isSRSelected, let place = Int(rest.dropFirst(6).split(separator: ",").first ?? "") {
            reportStorage.delete(place)
            return .text("\r\nOK\r\n")
        }
        guard let place = Int(rest.dropFirst(6).split(separator: ",").first ?? ""), (1...storage.places).contains(place)
        else { return error(cms: 321) }
        if !faults.contains(.deletesNothing) { storage.delete(place) }
        return .text("\r\nOK\r\n")
    }

    private func error(cms code: Int) -> Output {
        .text(extendedErrors == 0 ? "\r\nERROR\r\n" : "\r\n+CMS ERROR: \(code)\r\n")
    }

    private func error(cme code: Int) -> Output {
        .text(extendedErrors == 0 ? "\r\nERROR\r\n" : "\r\n+CME ERROR: \(code)\r\n")
    }

    static func hex(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    static func octets(_ digits: String) -> [UInt8]? {
        let characters = Array(digits.filter { !$0.isWhitespace })
        guard characters.count.isMultiple(of: 2), !characters.isEmpty else { return nil }
        var octets: [UInt8] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let octet = UInt8(String(characters[index...(index + 1)]), radix: 16) else { return nil }
            octets.append(octet)
        }
        return octets
    }
}

extension ATDialogue.Output {
    static func text(_ text: String) -> Self { .bytes(Array(text.utf8)) }
}
