import Admin
import Foundation
import Simulator
import Tokens

/// Runs the gateway with a simulated modem, and shows how a payment comes in and a token goes out.
struct Demo {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let meter = "01450000011"
    private let customer = "+255712000678"
    private let payment: String = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Africa/Dar_es_Salaam")
        format.dateFormat = "d/M/yy 'at' h:mm a"
        return
            "DKT4A2MX7P1 Confirmed.You have received Tsh10,000.00 from 255712000678 - REHEMA JUMA on \(format.string(from: Date())) New M-Pesa balance is Tsh85,618.00."
    }()
    /// The kWh for 10,000 at 356 each: 28.0 kWh cost 9,968, and 32 stay as credit.
    private let units = "28.0"

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridpost-demo-\(getpid())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = DemoFiles(folder: folder, meter: meter, customer: customer)
        try files.write()

        tell("A village office: one box, one GSM modem, one meter at TZS 356 per kWh.")
        var options = SimulatedModem.Options()
        options.link = files.port
        let modem = try SimulatedModem(options)
        defer { modem.stop() }
        step("a modem is plugged in (simulated, AT commands on \(files.port))")

        let daemon = try start(files)
        var isDone = false
        defer {
            daemon.terminate()
            if !isDone { Terminal.complain((try? String(contentsOfFile: files.log, encoding: .utf8)) ?? "") }
        }
        let client = AdminClient(path: files.socket)
        try await wait("the daemon answers", for: .seconds(30)) {
            daemon.isRunning ? (try? await client.get("/v1/status", as: StatusView.self)) != nil : true
        }
        guard daemon.isRunning else { throw Failure(description: "the daemon did not start; its log is above") }
        try await wait("the modem is ready", for: .seconds(30)) {
            (try? await client.get("/v1/status", as: StatusView.self))?.value.modems.first?.state == "ready"
        }
        step("the gateway is running and its modem is ready")
        try await register(files, client)
        step("a tariff and a customer with meter \(meter) are registered")

        tell("\nRehema pays TZS 10,000 by mobile money. The wallet's confirmation arrives at the company's SIM:")
        bubble("M-PESA", payment, .cyan)
        let begun = ContinuousClock.now
        modem.deliver(from: "M-PESA", payment)
        try await wait("a message goes out", for: .seconds(30)) { !modem.sentTexts.isEmpty }
        let took = ContinuousClock.now - begun
        guard let answer = modem.sentTexts.first(where: { $0.recipient == customer }) else {
            throw Failure(description: "the answer was sent to another phone")
        }
        tell("\nWhat the gateway did:")
        try await explain(client)
        tell("\nRehema's phone, \(took.formatted) later:")
        bubble(answer.recipient, answer.text, .green)
        try prove(answer.text)
        isDone = true
        daemon.terminate()
        daemon.waitUntilExit()
    }

    // MARK: Steps

    private func start(_ files: DemoFiles) throws -> Process {
        let daemon = Process()
        daemon.executableURL = URL(fileURLWithPath: InstalledPaths().executable)
        daemon.arguments = ["run", "--config", files.configuration]
        _ = FileManager.default.createFile(atPath: files.log, contents: nil)
        daemon.standardError = FileHandle(forWritingAtPath: files.log)
        try daemon.run()
        return daemon
    }

    private func register(_ files: DemoFiles, _ client: AdminClient) async throws {
        for (kind, text) in [("tariffs", files.tariffs), ("customers", files.customers)] {
            let answer = try await client.post("/v1/imports/\(kind)", Data(text.utf8))
            guard answer.status == 200 else {
                throw Failure(
                    description: "the \(kind) were not imported: \(String(decoding: answer.body, as: UTF8.self))")
            }
        }
    }

    private func explain(_ client: AdminClient) async throws {
        let payment = try await client.get("/v1/payments/1", as: PaymentView.self).value
        step(
            "read the text: \(payment.provider), transaction \(payment.txnId), \(payment.amount.amount) \(payment.amount.currency)"
        )
        step("found the meter by the payer's phone: \(payment.serial ?? "-")")
        for part in payment.allocations ?? [] {
            step("allocated \(part.amount.amount) to \(part.kind)" + (part.energyKwh.map { ", \($0) kWh" } ?? ""))
        }
        step("made one STS token (DKGA04, EA11) and queued one message, all in one transaction")
        let audit = try await client.get("/v1/audit", as: AuditView.self).value
        guard audit.clean else { throw Failure(description: "the audit failed: \(audit.findings)") }
        step("the audit passed: \(audit.proofs.count) proofs hold")
    }

    /// Acts as the meter: reads the token from the text as the phone shows it, and decodes it with the meter's key.
    private func prove(_ text: String) throws {
        guard let digits = text.split(separator: "\n").map({ $0.filter(\.isNumber) }).first(where: { $0.count == 20 })
        else {
            throw Failure(description: "there is no token in the text")
        }
        var request = TokenRequest.testMeter
        request.pan = meter
        let reading = try TokenReading(digits: digits, request: request)
        guard reading.type == "credit", reading.amount == units else {
            throw Failure(
                description: "the token decodes to \(reading.amount ?? "nothing"), but \(units) kWh were paid for")
        }
        tell(
            "\nOn the meter: \(digits) decodes to \(reading.amount ?? "") kWh of \(reading.utility ?? ""). "
                + Terminal.styled("This is the amount paid for.", .green))
    }

    // MARK: Output

    private func tell(_ text: String) { Terminal.say(Terminal.styled(text, .bold)) }
    private func step(_ text: String) { Terminal.say("  - \(text)") }

    private func bubble(_ who: String, _ text: String, _ style: Terminal.Style) {
        Terminal.say("  " + Terminal.styled(who, .dim))
        var line = ""
        func flush() {
            if !line.isEmpty { Terminal.say("  " + Terminal.styled("| ", style) + line) }
            line = ""
        }
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            for word in paragraph.split(separator: " ") {
                if line.count + word.count > 60 { flush() }
                line += (line.isEmpty ? "" : " ") + word
            }
            flush()
        }
    }

    private func wait(_ what: String, for limit: Duration, until condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while try await !condition() {
            guard ContinuousClock.now < end else { throw Failure(description: "timeout while waiting until \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension Duration {
    /// Seconds with two decimals.
    fileprivate var formatted: String {
        let hundredths = (components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000) / 10
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    }
}
