import Foundation
import Logging
import ModemLink
import ModemMessages
import NIOConcurrencyHelpers
import ServiceLifecycle
import Simulator
import TestSupport

/// A link with the built modem process and a simulated modem, and the events received through it.
final class LinkUnderTest: Sendable {
    let modem: SimulatedModem
    let link: ModemLink
    private let received: NIOLockedValueBox<[ModemEvent]>
    private let restartsBefore = NIOLockedValueBox(0)

    /// How often the link has restarted since the test's body began: on a busy machine the first start may fail.
    var restarts: Int { link.restarts - restartsBefore.withLockedValue { $0 } }

    var events: [ModemEvent] { received.withLockedValue { $0 } }

    var parts: [ReceivedPart] {
        events.compactMap { if case .part(let part) = $0 { part } else { nil } }
    }

    var raw: [RawMessage] {
        events.compactMap { if case .raw(let message) = $0 { message } else { nil } }
    }

    private init(
        _ folder: URL, _ options: SimulatedModem.Options, pin: String?, pins: any PINMemory, reach: ModemReach,
        callDeadline: Duration, sendTimeout: Int
    ) throws {
        var options = options
        options.link = folder.appendingPathComponent("port").path
        modem = try SimulatedModem(options)
        let settings = ModemSettings(
            device: folder.appendingPathComponent("port").path, connection: "at115200", pace: 1_000, pin: pin,
            sendTimeout: sendTimeout)
        let received = NIOLockedValueBox<[ModemEvent]>([])
        self.received = received
        var configuration = ModemConfiguration(name: "test", settings: settings, reach: reach)
        configuration.sendGrace = .seconds(2)
        configuration.callDeadline = callDeadline
        link = ModemLink(
            configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, pins: pins,
            commit: { events, _ in
                received.withLockedValue { $0 += events }
                return events.compactMap { event in
                    switch event {
                    case .part(let part): part.place
                    case .deliveryReport(let report): report.place
                    case .raw(let raw): raw.place
                    case .unreadable: nil
                    }
                }
            }, onChange: {})
    }

    /// Runs the link while `body` runs.
    static func run(
        _ options: SimulatedModem.Options = .init(), pin: String? = nil, pins: any PINMemory = PINsOfThisRun(),
        waitsForReady: Bool = true, reach: ModemReach = .child(program: Products.modem),
        callDeadline: Duration = .seconds(30), sendTimeout: Int = 2,
        _ body: (LinkUnderTest) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            let test = try LinkUnderTest(
                folder, options, pin: pin, pins: pins, reach: reach, callDeadline: callDeadline,
                sendTimeout: sendTimeout)
            let running = Task { try await test.link.run() }
            if waitsForReady { try await wait(for: "the modem to be ready") { test.link.isReady } }
            test.restartsBefore.withLockedValue { $0 = test.link.restarts }
            try await body(test)
            running.cancel()
            try await running.value
            test.modem.stop()
        }
    }

    static func part(_ text: String, ucs2: Bool = false, place: PartPlace? = nil, report: Bool = false) -> OutgoingPart
    {
        OutgoingPart(
            recipient: "+255712000678", text: text, isUCS2: ucs2, concatenation: place, wantsReport: report,
            validity: 167)
    }
}
