import Admin
import Foundation
import Simulator
import TestSupport
import Testing

/// The output and the exit status of a command.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String
}

func gridpost(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> CommandResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Products.gridpost)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors, feed) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = feed
    try process.run()
    feed.fileHandleForWriting.write(Data(input.utf8))
    try feed.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return CommandResult(
        status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
        errors: String(decoding: complained, as: UTF8.self))
}

@Suite("Commands", .serialized)
struct CommandTests {
    @Test("a client exits with 69 and a message if there is no daemon, and with 64 for a wrong word")
    func exitCodes() throws {
        let lost = try gridpost(["status", "--socket", "/nonexistent/s"])
        #expect(lost.status == 69 && lost.errors.contains("Is the daemon running?"))
        #expect(try gridpost(["payments", "lisst"]).status == 64)
        #expect(try gridpost(["import", "nonsense", "x.csv"]).status == 64)
        #expect(try gridpost(["--help"]).status == 0)
    }

    @Test("read answers each line, even one that is not a valid request")
    func read() throws {
        let text = GatewayUnderTest.confirmation("CKD4A2MX7P1")
        let line = String(
            decoding: try JSONEncoder().encode(["id": "a", "from": "M-PESA", "country": "TZ", "text": text]),
            as: UTF8.self)
        let person = #"{"id":2,"from":"+255754000777","text":"habari","country":"TZ","role":"customer","known":true}"#
        let result = try gridpost(["read"], input: line + "\nnonsense\n" + person + "\n")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 3 && result.status == 0)
        #expect(lines[0].contains(#""disposition":"credit""#) && lines[0].contains(#""amount":"10000.00""#))
        #expect(lines[1].contains("error"))
        #expect(lines[2].contains(#""disposition":"person""#) && lines[2].contains(#""id":2"#))
    }

    @Test("token decode reads what token make made, and an impossible request gets its error code")
    func tokens() throws {
        let fields =
            #""vending_key":"abababababababab949494949494949401234567","dkga":4,"ea":11,"pan":"600727000000000009","sgc":"201457","ti":1,"krn":1,"kt":2,"base_date":2014"#
        let made = try gridpost(
            ["token", "make"],
            input: "{\(fields),\"type\":\"credit\",\"amount\":\"25.6\",\"issued_at\":\"2026-07-11T00:45\"}\n")
        #expect(made.status == 0)
        let token = made.output.filter(\.isNumber)
        let decoded = try gridpost(["token", "decode"], input: "{\(fields),\"token\":\"\(token)\"}\n")
        #expect(decoded.output.contains(#""amount":"25.6""#) && decoded.output.contains(#""type":"credit""#))
        let refused = try gridpost(
            ["token", "make"],
            input: "{\(fields),\"type\":\"credit\",\"amount\":\"0\",\"issued_at\":\"2026-07-11T00:45\"}\n{\n")
        #expect(refused.status == 1 && refused.output.contains("bad_amount") && refused.output.contains("bad_request"))
    }

    @Test("the commands that use the socket print tables and JSON")
    func clients() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", GatewayUnderTest.firstMeter)])
            gateway.modem.deliver(from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the payment") { try await gateway.payments().first?.state == "completed" }
            let environment = ["GRIDPOST_SOCKET": gateway.socket]
            for (arguments, wanted) in [
                (["status"], "office"), (["payments", "list"], "CKD4A2MX7P1"), (["payments", "show", "1"], "28.0 kWh"),
                (["customers", "list"], "Rehema"), (["customers", "show", "1"], "Kijiji"),
                (["devices", "show", GatewayUnderTest.firstMeter], "sgc 201457"), (["messages", "list"], "M-PESA"),
                (["messages", "list", "--out"], "token"), (["audit"], "every entry balances"),
            ] {
                let plain = try gridpost(arguments, environment: environment)
                #expect(plain.status == 0 && plain.output.contains(wanted), "\(arguments) \(plain.errors)")
                #expect(!plain.output.contains("\u{1B}"))
                let json = try gridpost(arguments + ["--json"], environment: environment)
                #expect((try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) != nil, "\(arguments)")
            }
            let missing = try gridpost(["payments", "show", "99"], environment: environment)
            #expect(missing.status == 1 && missing.errors.contains("there is no payment 99"))
            let wrong = try gridpost(["payments", "list", "--state", "nonsense"], environment: environment)
            #expect(wrong.status == 1 && wrong.errors.contains("completed"))
            // Only the socket's user and group have access.
            let attributes = try FileManager.default.attributesOfItem(atPath: gateway.socket)
            #expect(attributes[.posixPermissions] as? Int == 0o660)
        }
    }
}

@Suite("Starting and stopping", .serialized)
struct LifeTests {
    @Test("SIGTERM stops the daemon in time and with status 0, and releases the database")
    func terminate() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            #expect(gateway.stop() == 0)
            try await gateway.startReady()
        }
    }

    @Test("a wallet's format can be tried and tested without a daemon, and mismatches are explained")
    func formats() async throws {
        try await Fixtures.withFolder { folder in
            let file = folder.appendingPathComponent("mine-tz.toml").path
            try """
            id = "mine-tz"
            name = "Mine"
            country = "TZ"
            originators = ["MINE"]
            txn_id = ["AA9{6}"]
            families = ["english"]

            [[formats]]
            id = "in"
            language = "en"
            means = "credit"
            pattern = "{txn_id}: you got {amount} from {payer_name:letters} {payer_msisdn}. {tail}"
            [[formats.examples]]
            text = "AB123456: you got Tsh 500 from ASHA 0712000678."
            fields = { txn_id = "AB123456", amount = "500", payer_msisdn = "+255712000678" }
            """.write(toFile: file, atomically: true, encoding: .utf8)
            let proved = try gridpost(["formats", "test", file])
            #expect(proved.status == 0 && proved.output.contains("all examples passed"))
            let text = "AB123456: you got Tsh 900 from ASHA 0712000678."
            let fits = try gridpost(["formats", "try", "--from", "MINE", "--country", "TZ", "--file", file, text])
            #expect(fits.output.contains("credit") && fits.output.contains("900"), "\(fits)")
            let fails = try gridpost(
                ["formats", "try", "--from", "MINE", "--file", file, "AB123456: you got 900 shillings from ASHA"])
            #expect(fails.output.contains("you got") && fails.output.contains("{amount}"), "\(fails)")
            try "id = \"mine-tz\"\nname = 5".write(toFile: file, atomically: true, encoding: .utf8)
            let faulty = try gridpost(["formats", "test", file])
            #expect(faulty.status == 1 && faulty.errors.contains("mine-tz.toml:2"), "\(faulty)")
        }
        let list = try gridpost(["formats", "list", "--country", "gh"])
        #expect(list.status == 0 && list.output.contains("MobileMoney"))
        let shown = try gridpost(["formats", "show", "mpesa-tz", "--json"])
        #expect(shown.output.contains("\"originators\""))
        let unknown = try gridpost(["formats", "show", "mpesa-tx"])
        #expect(unknown.status == 1 && unknown.errors.contains("mpesa-tz"))
    }

    @Test("check names the file that is missing in a company's own language")
    func ownLanguage() async throws {
        try await Fixtures.withFolder { folder in
            let own = folder.appendingPathComponent("own")
            try FileManager.default.createDirectory(
                at: own.appendingPathComponent("lg"), withIntermediateDirectories: true)
            let english = Fixtures.checkout.appendingPathComponent("templates/en").path
            for name in try FileManager.default.contentsOfDirectory(atPath: english) where name != "help.txt" {
                try FileManager.default.copyItem(
                    atPath: "\(english)/\(name)", toPath: own.appendingPathComponent("lg/\(name)").path)
            }
            let gateway = try GatewayUnderTest(folder, more: "[paths]\noverrides = \"\(own.path)\"")
            let lacking = try gridpost(["check", "--config", gateway.configuration])
            #expect(lacking.status == 1 && lacking.errors.contains("own/lg/help.txt"), "\(lacking.errors)")
            try "Write BALANCE or TOKEN to {company} ☀".write(
                to: own.appendingPathComponent("lg/help.txt"), atomically: true, encoding: .utf8)
            let whole = try gridpost(["check", "--config", gateway.configuration])
            #expect(whole.status == 0 && whole.output.contains("lg/help.txt: '☀'"), "\(whole)")
        }
    }

    @Test("a payment that does not follow from the wallet's balance waits until staff enter the balance")
    func wallets() async throws {
        try await GatewayUnderTest.run(unproved: "") { gateway in
            try await gateway.startReady()
            try await gateway.register([(name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)])
            gateway.modem.deliver(
                from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P1", "1,000.00", balance: "50,000.00"))
            try await wait(for: "the first token") { gateway.modem.sentTexts.count == 1 }
            gateway.modem.deliver(
                from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P2", "2,000.00", balance: "90,000.00"))
            try await wait(for: "the second payment") { (try? await gateway.payment(2).state) == "received" }
            let listed = try gateway.command(["wallets", "list"])
            #expect(listed.output.contains("50000.00") && listed.output.contains("255754000004"), "\(listed)")
            let looked = try gateway.command(["wallets", "balance", "mpesa-tz", "88000"])
            #expect(looked.status == 0 && looked.output.contains("90000.00"), "\(looked)")
            try await wait(for: "the second token") { gateway.modem.sentTexts.count == 2 }
            let shown = try gateway.command(["messages", "show", "2"])
            #expect(shown.output.contains("CKD4A2MX7P2") && shown.output.contains("credit"), "\(shown)")
            let replay = try gateway.command(["messages", "replay", "--dry-run"])
            #expect(replay.status == 0 && replay.output.contains("no message reads differently"), "\(replay)")
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a second daemon on the same database is refused with the reason")
    func twice() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            let second = try gridpost(["run", "--config", gateway.configuration])
            #expect(second.status == 1 && second.errors.contains("in use by another gridpost daemon"))
            #expect(try gridpost(["check", "--config", gateway.configuration]).status == 0)
        }
    }

    @Test("the daemon reports a missing device and waits for it")
    func missingDevice() async throws {
        try await GatewayUnderTest.run { gateway in
            gateway.modem.unplug()
            try gateway.start()
            try await wait(for: "the state") { try await gateway.modemState() == "down" }
            #expect(try await gateway.status().modems[0].reason?.contains("does not exist") == true)
            try gateway.modem.plugIn()
            try await wait(for: "the modem") { try await gateway.modemState() == "ready" }
        }
    }

    @Test(
        "faults of the configuration are reported with the line and a remedy",
        arguments: [
            ("currency = \"TZS\"", "currency = \"TSZ\"", "did you mean TZS"),
            ("rate_per_minute = 0", "rate_per_minut = 0", "did you mean 'rate_per_minute'"),
            ("country = \"TZ\"", "country = \"ZZ\"", "is unknown"), ("Dar_es_Salaam", "Dar", "time zone"),
            ("daily_cap = 0", "daily_cap = \"x\"", "must be a whole number"),
            ("[socket]", "[sockets]", "[socket] is missing"),
            ("languages = [\"en\", \"sw\"]", "languages = [\"xx\"]", "no texts in \"xx\""),
            ("database = ", "database : ", "gateway.toml:1"),
            ("test_keys = true", "test_keys = false", "test key"),
        ])
    func badConfiguration(old: String, new: String, said: String) async throws {
        try await Fixtures.withFolder { folder in
            let gateway = try GatewayUnderTest(folder)
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            try #require(text.contains(old))
            try text.replacingOccurrences(of: old, with: new).write(
                toFile: gateway.configuration, atomically: true, encoding: .utf8)
            let result = try gridpost(["check", "--config", gateway.configuration])
            #expect(result.status == 1 && result.errors.contains(said), "\(result.errors)")
            #expect(try gridpost(["run", "--config", gateway.configuration]).status == 1)
        }
    }

    @Test("SIGHUP loads new texts, and texts with faults change nothing")
    func reload() async throws {
        try await Fixtures.withFolder { folder in
            let overrides = folder.appendingPathComponent("own/en")
            try FileManager.default.createDirectory(at: overrides, withIntermediateDirectories: true)
            let gateway = try GatewayUnderTest(folder, more: "[paths]\noverrides = \"\(folder.path)/own\"")
            try await gateway.startReady()
            let daemon = try #require(gateway.daemon)
            func write(_ text: String) throws {
                try text.write(to: overrides.appendingPathComponent("help.txt"), atomically: true, encoding: .utf8)
            }
            try write("Our own help from {company}.\n")
            kill(daemon.processIdentifier, SIGHUP)
            try await wait(for: "the reload") { gateway.log.contains("were reloaded") }
            gateway.modem.deliver(from: "+255712000678", "HELP")
            try await wait(for: "the new text") {
                gateway.modem.sentTexts.first?.text == "Our own help from Umeme Bora."
            }
            try write("Broken {nonsense}\n")
            kill(daemon.processIdentifier, SIGHUP)
            try await wait(for: "the refusal") { gateway.log.contains("have faults") }
            gateway.modem.deliver(from: "+255712000679", "help")
            try await wait(for: "the previous text") { gateway.modem.sentTexts.count == 2 }
            #expect(gateway.modem.sentTexts[1].text == "Our own help from Umeme Bora.")
            gateway.killHard()
        }
    }

    @Test("a key file that others may read is refused")
    func keyRights() async throws {
        try await Fixtures.withFolder { folder in
            let gateway = try GatewayUnderTest(folder)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: folder.appendingPathComponent("keys.toml").path)
            let result = try gridpost(["run", "--config", gateway.configuration])
            #expect(result.status == 1 && result.errors.contains("chmod 600"))
        }
    }

    @Test("the daemon tells systemd when it is ready, alive and stopping")
    func notify() async throws {
        try await Fixtures.withFolder { folder in
            let gateway = try GatewayUnderTest(folder)
            let path = folder.appendingPathComponent("notify").path
            let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
            let daemon = Process()
            daemon.executableURL = URL(fileURLWithPath: Products.gridpost)
            daemon.arguments = ["run", "--config", gateway.configuration]
            daemon.environment = ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"]
            daemon.standardError = FileHandle.nullDevice
            try daemon.run()
            func next() -> String {
                var buffer = [UInt8](repeating: 0, count: 256)
                let count = recv(listener, &buffer, buffer.count, 0)
                return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            }
            // On a machine under load, WATCHDOG=1 can come before READY=1.
            var said: Set<String> = []
            while !said.isSuperset(of: ["READY=1", "WATCHDOG=1"]), daemon.isRunning { said.insert(next()) }
            #expect(said == ["READY=1", "WATCHDOG=1"])
            daemon.terminate()
            var last = "WATCHDOG=1"
            while last == "WATCHDOG=1" { last = next() }
            #expect(last == "STOPPING=1")
            daemon.waitUntilExit()
            #expect(daemon.terminationStatus == 0)
        }
    }
}
