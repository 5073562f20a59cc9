import Simulator
import TestSupport

/// A trouble of a modem that passes by itself or is mended.
enum SoakFault: CaseIterable {
    case passing, lasting, unplugged, rebooted, slow

    /// Those of one message or answer. A message that is acknowledged and lost is missing: nobody can know of it.
    private static let once: [Fault] = [
        .sentWithoutAnswer, .lostWithoutAnswer, .refusedSend(code: 38), .refusedSend(code: 500), .sendWithoutReference,
        .noPrompt, .halfAnswer, .silentPlace(3),
    ]
    private static let longer: [Fault] = [
        .barred(code: 50), .unregistered, .deaf, .stuckRadio, .garbage, .chatter, .unknownSignal, .noSMSC, .noSIM,
        .deletesNothing, .silentArrival, .noUSSD,
    ]

    /// Brings the trouble to a modem; returns what ends it.
    func strike(_ modem: SimulatedModem, _ random: inout SeededGenerator) -> @Sendable () throws -> Void {
        switch self {
        case .passing:
            for fault in Self.once.shuffled(using: &random).prefix(1) { modem.inject(fault) }
            return {}
        case .lasting:
            for fault in Self.longer.shuffled(using: &random).prefix(1) { modem.inject(fault) }
            return { modem.heal() }
        case .unplugged:
            modem.unplug()
            return { try modem.plugIn() }
        case .rebooted:
            modem.reboot(saying: "^SYSSTART")
            return {}
        case .slow:
            modem.setLatency(.milliseconds(Int.random(in: 20...120, using: &random)))
            return { modem.setLatency(.zero) }
        }
    }
}
