import Admin
import Foundation
import GRDB
import Simulator
import TestSupport
import Testing

@testable import Store

/// Tests what `run` and `check` do with the files of an installation.
@Suite("The files of an installation", .serialized)
struct InstallationTests {
    private func write(_ text: String, _ url: URL, mode: Int) throws {
        try text.write(to: url, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    }

    private func configuration(_ gateway: GatewayUnderTest, database: String) throws -> String {
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
        let other = gateway.folder.appendingPathComponent("other.toml").path
        try text.replacingOccurrences(of: "\(gateway.folder.path)/db", with: database).write(
            toFile: other, atomically: true, encoding: .utf8)
        return other
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("a second daemon is refused under another name of the same database")
    func links() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            let database = gateway.folder.appendingPathComponent("db").path
            let (symbolic, hard) = (database + "-symbolic", database + "-hard")
            try FileManager.default.createSymbolicLink(atPath: symbolic, withDestinationPath: database)
            try FileManager.default.linkItem(atPath: database, toPath: hard)
            for name in [symbolic, hard] {
                let second = try gridpost(["run", "--config", try configuration(gateway, database: name)])
                #expect(second.status == 1 && second.errors.contains("in use by another gridpost daemon"), "\(second)")
            }
            gateway.killHard()
            try await gateway.startReady()
        }
    }

    @Test("check creates no file, whether the database is missing, in use, left by a crash or closed")
    func nothingLeft() async throws {
        try await GatewayUnderTest.run { gateway in
            func check(_ said: String) throws {
                let before = try names(gateway.folder)
                let result = try gridpost(["check", "--config", gateway.configuration])
                #expect(result.status == 0 && result.output.contains(said), "\(result)")
                #expect(try names(gateway.folder) == before)
            }
            try check("empty; the daemon creates its tables")
            try await gateway.startReady()
            try check("in use by a daemon")
            gateway.killHard()
            try check("db, version")
            try await gateway.startReady()
            #expect(gateway.stop() == 0)
            try check("db, version")
        }
    }

    @Test("check reports the upgrade of an older database without doing it, and refuses a newer database")
    func versions() async throws {
        try await GatewayUnderTest.run { gateway in
            let database = gateway.folder.appendingPathComponent("db").path
            func change(_ body: (DatabaseQueue) throws -> Void) throws {
                let queue = try DatabaseQueue(path: database)
                try body(queue)
                try queue.close()
            }
            try change { try Schema.migrator.migrate($0, upTo: "1") }
            let content = FileManager.default.contents(atPath: database)
            let older = try gridpost(["check", "--config", gateway.configuration])
            #expect(older.status == 0 && older.output.contains("will back up the database"), "\(older)")
            #expect(FileManager.default.contents(atPath: database) == content)

            try await gateway.startReady()
            #expect(gateway.log.contains("a backup was made first") && gateway.log.contains("db.before-"))
            #expect(gateway.stop() == 0)
            try change { try $0.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('1000')") } }
            for command in ["check", "run"] {
                let newer = try gridpost([command, "--config", gateway.configuration])
                #expect(newer.status == 1 && newer.errors.contains("install the newer gridpost again"), "\(newer)")
            }
        }
    }

    @Test("run and check refuse a PIN file that others may read, but accept a credential")
    func pinRights() async throws {
        try await Fixtures.withFolder { folder in
            let pin = folder.appendingPathComponent("credentials/pin")
            try FileManager.default.createDirectory(
                at: pin.deletingLastPathComponent(), withIntermediateDirectories: true)
            try write("1234\n", pin, mode: 0o640)
            let gateway = try GatewayUnderTest(folder, modemMore: "pin_file = \"\(pin.path)\"")
            for command in ["check", "run"] {
                let result = try gridpost([command, "--config", gateway.configuration])
                #expect(result.status == 1 && result.errors.contains("chmod 600 \(pin.path)"), "\(result)")
            }
            let credential = try gridpost(
                ["check", "--config", gateway.configuration],
                environment: ["CREDENTIALS_DIRECTORY": pin.deletingLastPathComponent().path])
            #expect(credential.status == 0, "\(credential)")
            try write("1234\n", pin, mode: 0o600)
            #expect(try gridpost(["check", "--config", gateway.configuration]).status == 0)
        }
    }

    @Test("run and check refuse a file of EA07 tables that others may read")
    func tableRights() async throws {
        try await Fixtures.withFolder { folder in
            let tables = folder.appendingPathComponent("ea07.json")
            let (s, permutation) = (Array(0..<16), Array(0..<64))
            try write("{\"s1\":\(s),\"s2\":\(s),\"perm\":\(permutation)}", tables, mode: 0o604)
            let gateway = try GatewayUnderTest(folder, more: "ea07_tables = \"\(tables.path)\"")
            for command in ["check", "run"] {
                let result = try gridpost([command, "--config", gateway.configuration])
                #expect(result.status == 1 && result.errors.contains("chmod 600 \(tables.path)"), "\(result)")
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: tables.path)
            #expect(try gridpost(["check", "--config", gateway.configuration]).status == 0)
        }
    }

    @Test("a PIN that the SIM refused is not tried again after a restart, but a new PIN is")
    func wrongPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await Fixtures.withFolder { folder in
            let pin = folder.appendingPathComponent("pin")
            try write("9999\n", pin, mode: 0o600)
            let gateway = try GatewayUnderTest(
                folder, modemOptions: options, modemMore: "pin_file = \"\(pin.path)\"")
            var given: Int { gateway.modem.commands.filter { $0.hasPrefix("AT+CPIN=") }.count }
            for _ in 1...2 {
                try gateway.start()
                try await wait(for: "the refusal") { try await gateway.modemState() == "needs_operator" }
                let reason = try await gateway.status().modems[0].reason ?? ""
                #expect(reason.contains("the SIM refused this PIN; put the correct PIN into \(pin.path)"))
                #expect(gateway.stop() == 0)
                #expect(given == 1)
            }
            try write("1234\n", pin, mode: 0o600)
            try await gateway.startReady()
            #expect(given == 2)
            gateway.killHard()
        }
    }
}
