import Admin
import Foundation
import Simulator
import TestSupport
import Testing
import Tokens

/// An installation in its own folder: the built daemon, a simulated modem, and the admin socket.
final class GatewayUnderTest: @unchecked Sendable {
    // Used by one test at a time; only the daemon's process is replaced, by that test.
    let folder: URL
    let modem: SimulatedModem
    private(set) var daemon: Process?
    /// Added to the daemon's environment.
    var environment: [String: String] = [:]

    var socket: String { folder.appendingPathComponent("s").path }
    var configuration: String { folder.appendingPathComponent("gateway.toml").path }
    var log: String { (try? String(contentsOfFile: folder.appendingPathComponent("log").path, encoding: .utf8)) ?? "" }
    var client: AdminClient { AdminClient(path: socket) }

    static let firstMeter = "01450000011"
    static let secondMeter = "01450000029"
    static let thirdMeter = "01450000037"

    /// `more` is added to the configuration.
    /// `unproved` are the disabled trust checks; most texts in the tests have no real balance.
    init(
        _ folder: URL, modemOptions: SimulatedModem.Options = .init(), more: String = "", modemMore: String = "",
        unproved: String = #"all = ["chain"]"#, providers: String = #"["mpesa-tz", "airtel-tz", "mixx-tz"]"#,
        dailyCap: Int = 0
    ) throws {
        self.folder = folder
        var options = modemOptions
        options.link = folder.appendingPathComponent("port").path
        modem = try SimulatedModem(options)
        try """
        database = "\(folder.path)/db"
        [company]
        name = "Umeme Bora"
        currency = "TZS"
        country = "TZ"
        time_zone = "Africa/Dar_es_Salaam"
        languages = ["en", "sw"]
        [socket]
        path = "\(socket)"
        [[modems]]
        name = "office"
        device = "\(folder.path)/port"
        rate_per_minute = 0
        daily_cap = \(dailyCap)
        pace_ms = 1
        send_patience_seconds = 3
        \(modemMore)
        [broadcasts]
        price_per_part = 25
        promo_hours = "00:00-24:00"
        service_hours = "00:00-24:00"
        [payments]
        providers = \(providers)
        [payments.trust.disabled]
        \(unproved)
        [tokens.sts]
        vending_keys = "\(folder.path)/keys.toml"
        test_keys = true
        \(more)

        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        let keys = """
            [[keys]]
            sgc = "201457"
            krn = 1
            base_date = 2014
            dkga = 4
            ea = 11
            key = "abababababababab949494949494949401234567"

            """
        _ = FileManager.default.createFile(
            atPath: folder.appendingPathComponent("keys.toml").path, contents: Data(keys.utf8),
            attributes: [.posixPermissions: 0o600])
    }

    deinit {
        if let daemon, daemon.isRunning { kill(daemon.processIdentifier, SIGKILL) }
        modem.stop()
    }

    // MARK: The daemon

    func start() throws {
        let path = folder.appendingPathComponent("log").path
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let daemon = Process()
        daemon.executableURL = URL(fileURLWithPath: Products.gridpost)
        daemon.arguments = ["run", "--config", configuration]
        daemon.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try log.seekToEnd()
        daemon.standardError = log
        daemon.standardInput = FileHandle.nullDevice
        try daemon.run()
        self.daemon = daemon
    }

    /// Starts the daemon and waits until its modem is ready.
    func startReady() async throws {
        try start()
        try await wait(for: "the modem to be ready") { try await modemState() == "ready" }
    }

    func killHard() {
        guard let daemon else { return }
        kill(daemon.processIdentifier, SIGKILL)
        daemon.waitUntilExit()
    }

    /// Stops the daemon with SIGTERM and returns its exit status; 9 if it did not stop in 45 seconds and was killed.
    func stop() -> Int32 {
        guard let daemon else { return -1 }
        let ended = DispatchSemaphore(value: 0)
        daemon.terminationHandler = { _ in ended.signal() }
        daemon.terminate()
        if ended.wait(timeout: .now() + 45) == .timedOut { kill(daemon.processIdentifier, SIGKILL) }
        daemon.waitUntilExit()
        return daemon.terminationStatus
    }

    func modemState() async throws -> String? { try? await status().modems.first?.state }

    // MARK: The admin socket

    func status() async throws -> StatusView { try await client.get("/v1/status", as: StatusView.self).value }

    func payments() async throws -> [PaymentView] { try await all("/v1/payments", of: PaymentView.self) }

    /// All rows of a list, page by page.
    func all<Item: Codable & Sendable>(_ path: String, of type: Item.Type) async throws -> [Item] {
        var all: [Item] = []
        var cursor: String?
        repeat {
            let page = try await client.get(
                path + "?limit=500" + (cursor.map { "&cursor=\($0)" } ?? ""), as: PageView<Item>.self
            ).value
            all += page.items
            cursor = page.next
        } while cursor != nil
        return all
    }

    func payment(_ id: Int64) async throws -> PaymentView {
        try await client.get("/v1/payments/\(id)", as: PaymentView.self).value
    }

    func messages() async throws -> [InMessageView] {
        try await client.get("/v1/messages/in?limit=500", as: PageView<InMessageView>.self).value.items
    }

    func ticket(_ number: Int64) async throws -> TicketView {
        try await client.get("/v1/tickets/\(number)", as: TicketView.self).value
    }

    func tickets() async throws -> [TicketView] {
        try await client.get("/v1/tickets?limit=500", as: PageView<TicketView>.self).value.items.reversed()
    }

    func broadcast(_ number: Int64) async throws -> BroadcastView {
        try await client.get("/v1/broadcasts/\(number)", as: BroadcastView.self).value
    }

    /// The texts sent to a phone, oldest first.
    func texts(to phone: String) -> [String] { modem.sentTexts.filter { $0.recipient == phone }.map(\.text) }

    /// Runs the command as its user would, against this daemon.
    func command(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
        try command(arguments)
    }

    func command(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Products.gridpost)
        process.arguments = arguments + ["--socket", socket]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: said, as: UTF8.self),
            String(decoding: complained, as: UTF8.self)
        )
    }

    func audit() async throws -> AuditView { try await client.get("/v1/audit", as: AuditView.self).value }

    func expectCleanAudit() async throws {
        let audit = try await audit()
        #expect(audit.findings.map(\.detail) == [])
    }

    /// Registers a tariff and customers given as (name, phone, serial).
    func register(_ customers: [(name: String, phone: String, serial: String)], price: String = "356") async throws {
        try await importCSV("tariffs", "name,price_per_kwh\nDomestic,\(price)\n")
        var rows = "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,language\n"
        for customer in customers {
            rows += "\(customer.name),\(customer.phone),Kijiji,Kisiwa,Pwani,meter,\(customer.serial),Domestic,en\n"
        }
        try await importCSV("customers", rows)
    }

    func importCSV(_ kind: String, _ text: String) async throws {
        let answer = try await client.post("/v1/imports/\(kind)", Data(text.utf8))
        try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    // MARK: Texts

    /// The time as M-Pesa prints it.
    private static var printedNow: String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Africa/Dar_es_Salaam")
        format.dateFormat = "d/M/yy 'at' h:mm a"
        return format.string(from: Date())
    }

    /// A confirmation of money received as M-Pesa Tanzania writes it.
    static func confirmation(
        _ transaction: String, _ amount: String = "10,000.00", from phone: String = "255712000678",
        name: String = "REHEMA JUMA",
        balance: String = "985,618.00"
    ) -> String {
        "\(transaction) Confirmed.You have received Tsh\(amount) from \(phone) - \(name) on \(printedNow) New M-Pesa balance is Tsh\(balance)."
    }

    /// The same with a reference typed by the payer, long enough for two parts.
    static func tillConfirmation(_ transaction: String, reference: String, amount: String = "10,000.00") -> String {
        "\(transaction) Confirmed. on \(printedNow) Tsh\(amount) received from 255712000678 REHEMA JUMA. Account Number \(reference) New Utility balance is Tsh985,618.00. Pay your bills with M-Pesa and win prizes every day, dial *150*00# now."
    }

    /// The tokens in a text.
    static func tokens(in text: String) -> [String] {
        text.split(separator: "\n").map { $0.filter(\.isNumber) }.filter { $0.count == 20 }
    }

    static func decode(_ token: String, meter: String) throws -> TokenReading {
        var request = TokenRequest()
        request.vendingKey = "abababababababab949494949494949401234567"
        (request.dkga, request.ea, request.sgc, request.ti, request.krn, request.kt) = (4, 11, "201457", 1, 1, 2)
        request.baseDate = 2014
        request.pan = meter
        return try TokenReading(digits: token, request: request)
    }

    /// The configuration of the vendor Calin at `url`, with its secrets in a separate file.
    private static func calin(at url: String, _ folder: URL) -> String {
        let path = folder.appendingPathComponent("calin.toml").path
        _ = FileManager.default.createFile(
            atPath: path, contents: Data("user_id = \"gridpost\"\npassword = \"a secret of ours\"\n".utf8),
            attributes: [.posixPermissions: 0o600])
        return """
            [tokens.vendors.calin]
            api = "calin"
            url = "\(url)"
            credentials = "\(path)"

            """
    }

    /// Runs `body` with an installation, and records the daemon's log if it throws.
    static func run(
        options: SimulatedModem.Options = .init(), more: String = "", modemMore: String = "", calin: String? = nil,
        unproved: String = #"all = ["chain"]"#, dailyCap: Int = 0, _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            let vendors = calin.map { Self.calin(at: $0, folder) } ?? ""
            let gateway = try GatewayUnderTest(
                folder, modemOptions: options, more: more + "\n" + vendors, modemMore: modemMore, unproved: unproved,
                dailyCap: dailyCap)
            do {
                try await body(gateway)
            } catch {
                Issue.record("the daemon's log:\n\(gateway.log.suffix(4_000))")
                throw error
            }
            gateway.killHard()
        }
    }
}
