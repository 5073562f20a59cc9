import CLinux
import Foundation
import Glibc
import Messages
import NIOConcurrencyHelpers

/// A simulated GSM modem on a pseudo-terminal: a SIM with limited locations, PDU mode, indications, delivery reports,
/// latency and faults.
///
/// Tests control the network side: `deliver` stores messages on the SIM, `sent` has what the host transmitted.
package final class SimulatedModem: Sendable {
    package struct Options: Sendable {
        /// A symbolic link to the port, recreated each time the port appears.
        package var link: String?
        /// The number of SIM locations.
        package var places = 30
        package var smsc = "+255754000004"
        package var imei = "490154203237518"
        package var pin: String?
        /// The delay before each answer.
        package var latency: Duration = .zero
        /// Each part that requests a delivery report gets one at once.
        package var reportsDelivery = true
        /// The modem keeps delivery reports in SR, with this many locations, instead of passing them on; 0 for none.
        package var reportPlaces = 0

        package init() {}
    }

    /// One part as transmitted to the network.
    package struct Transmission: Hashable, Sendable {
        package let submit: SubmitPDU
        package let reference: UInt8
    }

    struct State: Sendable {
        var dialogue: ATDialogue
        var terminal: PseudoTerminal?
        var transmissions: [Transmission] = []
        var waitingAtNetwork: [[UInt8]] = []
        var latency: Duration
        var reportsDelivery: Bool
        var network = USSDNetwork()
        var stopped = false
        var appointment: (count: Int, action: @Sendable () -> Void)?
    }

    let options: Options
    let state: NIOLockedValueBox<State>
    /// A pipe that wakes the thread: the thread polls the `read` end, all others write to the `write` end.
    private let wake: (read: Int32, write: Int32)

    /// Creates the port and starts the modem's thread.
    ///
    /// - Throws: `PseudoTerminal.Failure` if the port or a pipe cannot be created.
    package init(_ options: Options = Options()) throws {
        self.options = options
        state = NIOLockedValueBox(
            State(
                dialogue: ATDialogue(
                    places: options.places, reportPlaces: options.reportPlaces, smsc: options.smsc, imei: options.imei,
                    pin: options.pin),
                latency: options.latency, reportsDelivery: options.reportsDelivery))
        var pipe: [Int32] = [0, 0]
        guard gridpost_pipe(&pipe) == 0 else {
            throw PseudoTerminal.Failure(description: "cannot create a pipe: \(String(cString: strerror(errno)))")
        }
        wake = (pipe[0], pipe[1])
        try plugIn()
        let thread = Thread { [self] in serve() }
        thread.name = "simulated-modem"
        thread.start()
    }

    /// The path that a host opens: the link, or the terminal itself.
    package var path: String { options.link ?? state.withLockedValue { $0.terminal?.path ?? "" } }

    // MARK: Network

    /// Delivers a text, split into parts if it is long. The network keeps it while the SIM is full.
    package func deliver(
        from originator: String, _ text: String, smsc: String? = nil, at time: Date = Date(),
        reference: UInt16? = nil,
        order: (([Concatenation]) -> [Concatenation])? = nil
    ) {
        let parts = OutgoingText(text).parts
        guard parts.count > 1 else {
            deliverPart(from: originator, text, smsc: smsc, at: time)
            return
        }
        let reference = reference ?? UInt16.random(in: 0...255)
        let places = parts.indices.map {
            Concatenation(reference: reference, total: UInt8(clamping: parts.count), number: UInt8(clamping: $0 + 1))
        }
        for place in order?(places) ?? places {
            deliverPart(
                from: originator, parts[Int(place.number) - 1], smsc: smsc, at: time,
                concatenation: place)
        }
    }

    /// Delivers one part exactly as given.
    package func deliverPart(
        from originator: String, _ text: String, smsc: String? = nil, at time: Date = Date(),
        concatenation: Concatenation? = nil
    ) {
        let pdu = DeliverPDU(
            smsc: smsc ?? options.smsc, originator: originator, text: text, time: time,
            concatenation: concatenation)
        state.withLockedValue { state in
            state.waitingAtNetwork.append(pdu.octets)
            Self.fillSIM(&state)
        }
        poke()
    }

    /// Delivers octets that need not be a valid message. The network keeps them while the SIM is full.
    package func deliver(octets: [UInt8]) {
        state.withLockedValue { state in
            state.waitingAtNetwork.append(octets)
            Self.fillSIM(&state)
        }
        poke()
    }

    /// Delivers an SMS-DELIVER with user data and coding exactly as given, valid or not: the length is in septets or
    /// octets, and the header is whatever the data begin with.
    package func deliver(
        from originator: String, coding: UInt8, hasHeader: Bool = false, length: UInt8, data: [UInt8],
        at time: Date = Date()
    ) {
        deliver(
            octets: Address.encodeSMSC(options.smsc) + [hasHeader ? 0x44 : 0x04]
                + Address.encode(originator) + [0x00, coding] + SMSCTimestamp.encode(time) + [length] + data)
    }

    /// Sends unsolicited bytes to the host.
    package func babble(_ bytes: [UInt8]) {
        state.withLockedValue { $0.terminal?.write(bytes) }
    }

    /// All transmitted parts.
    package var sent: [Transmission] { state.withLockedValue { $0.transmissions } }

    /// All transmitted texts, with parts joined, in the order of completion.
    package var sentTexts: [(recipient: String, text: String)] { Self.joined(sent) }

    package static func joined(_ transmissions: [Transmission]) -> [(recipient: String, text: String)] {
        struct Key: Hashable {
            let recipient: String
            let reference: UInt16
            let total: UInt8
        }
        var open: [Key: [UInt8: String]] = [:]
        var texts: [(recipient: String, text: String)] = []
        for transmission in transmissions {
            let submit = transmission.submit
            guard let place = submit.concatenation else {
                texts.append((submit.recipient, submit.text))
                continue
            }
            let key = Key(recipient: submit.recipient, reference: place.reference, total: place.total)
            open[key, default: [:]][place.number] = submit.text
            if let parts = open[key], parts.count == Int(place.total) {
                texts.append((submit.recipient, parts.sorted { $0.key < $1.key }.map(\.value).joined()))
                open[key] = nil
            }
        }
        return texts
    }

    /// The delivery reports in SR.
    package var storedReports: Int { state.withLockedValue { $0.dialogue.reportStorage.used } }

    package var storedMessages: Int { state.withLockedValue { $0.dialogue.storage.used + $0.waitingAtNetwork.count } }

    /// The commands of the host, newest last.
    package var commands: [String] { state.withLockedValue { $0.dialogue.commands } }

    // MARK: Thread

    func poke() {
        var byte: UInt8 = 0
        _ = write(wake.write, &byte, 1)
    }

    private func serve() {
        while true {
            let (terminal, stopped) = state.withLockedValue { ($0.terminal, $0.stopped) }
            if stopped { break }
            var waits = [pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)]
            if let terminal { waits.append(pollfd(fd: terminal.descriptor, events: Int16(POLLIN), revents: 0)) }
            _ = poll(&waits, nfds_t(waits.count), -1)
            if waits[0].revents != 0 {
                var drained = [UInt8](repeating: 0, count: 64)
                _ = read(wake.read, &drained, drained.count)
            }
            guard waits.count > 1, waits[1].revents != 0 else { continue }
            answer()
        }
        close(wake.read)
        close(wake.write)
    }

    private func answer() {
        let pause = state.withLockedValue { $0.latency }
        if pause > .zero {
            Thread.sleep(
                forTimeInterval: Double(pause.components.attoseconds) / 1e18 + Double(pause.components.seconds))
        }
        let action = state.withLockedValue { state -> (@Sendable () -> Void)? in
            guard let terminal = state.terminal else { return nil }
            var bytes: [UInt8] = []
            for output in state.dialogue.receive(terminal.read()) {
                switch output {
                case .bytes(let some): bytes += some
                case .ussdEnded: state.network.end()
                case .dialled(let input):
                    for screen in state.network.take(input) { bytes += state.dialogue.presentation(of: screen) }
                case .transmitted(let submit, let reference):
                    state.transmissions.append(Transmission(submit: submit, reference: reference))
                    guard submit.wantsReport, state.reportsDelivery else { continue }
                    let report = StatusReportPDU(
                        smsc: options.smsc, reference: reference, recipient: submit.recipient,
                        time: Date(),
                        status: 0)
                    bytes += state.dialogue.indication(of: report)
                }
            }
            terminal.write(bytes)
            Self.fillSIM(&state)
            guard let appointment = state.appointment, state.transmissions.count >= appointment.count else {
                return nil
            }
            state.appointment = nil
            return appointment.action
        }
        action?()
    }

    /// Moves messages kept by the network to free locations of the SIM.
    private static func fillSIM(_ state: inout State) {
        while let next = state.waitingAtNetwork.first, let place = state.dialogue.storage.store(next) {
            state.waitingAtNetwork.removeFirst()
            state.terminal?.write(state.dialogue.indication(of: place))
        }
    }
}
