import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

@Suite("The admin API", .serialized)
struct APITests {
    @Test("a repeated idempotency key gets the same answer and makes no second change; a different request is refused")
    func idempotency() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            let body = #"{"text":"Look at the pole","phone":"0712000678","send":true}"#
            let first = try await gateway.client.post("/v1/tickets", Data(body.utf8), idempotencyKey: "k1")
            let second = try await gateway.client.post("/v1/tickets", Data(body.utf8), idempotencyKey: "k1")
            #expect(first.status == 201 && second.status == 201 && first.body == second.body)
            let other = try await gateway.post("/v1/tickets", #"{"text":"Another"}"#, key: "k1")
            #expect(other.status == 409)
            gateway.killHard()
            try await gateway.startReady()
            let third = try await gateway.client.post("/v1/tickets", Data(body.utf8), idempotencyKey: "k1")
            #expect(third.body == first.body)
            #expect(try await gateway.tickets().count == 1)
            try await wait(for: "the SMS") { !gateway.modem.sentTexts.isEmpty }
            let rows = Data("name,phone\nJuma,+255754000222\n".utf8)
            for _ in 0..<2 {
                let imported = try await gateway.client.post("/v1/imports/contractors", rows, idempotencyKey: "k3")
                #expect(imported.status == 200)
            }
            // The same file is recognised, and only imported again on request.
            let known = try await gateway.client.post("/v1/imports/contractors", rows)
            #expect(known.status == 200 && String(decoding: known.body, as: UTF8.self).contains("imported_already"))
            #expect(try await gateway.client.post("/v1/imports/contractors?again=true", rows).status == 422)
            // Ten requests at once make one change.
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        _ = try? await gateway.client.post("/v1/tickets", Data(body.utf8), idempotencyKey: "k2")
                    }
                }
            }
            #expect(try await gateway.tickets().count == 2)
            let acts = try await gateway.client.get("/v1/audit-log", as: PageView<AuditLogEntryView>.self).value.items
            #expect(acts.filter { $0.action == "POST /v1/tickets" }.count == 2)
            #expect(acts.allSatisfy { $0.uid == Int64(getuid()) })
        }
    }

    @Test("bad input is refused with the reason and changes nothing")
    func badInput() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            let deep = String(repeating: #"{"a":"#, count: 10_000) + "1" + String(repeating: "}", count: 10_000)
            let deepList = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
            let cases: [(path: String, body: String, status: UInt, said: String)] = [
                ("/v1/tickets", "", 400, "'text' is missing"), ("/v1/tickets", "nonsense", 400, "not valid JSON"),
                ("/v1/tickets", "[]", 400, "not a JSON object"), ("/v1/tickets", deep, 400, ""),
                ("/v1/tickets", deepList, 400, ""),
                ("/v1/tickets", #"{"text":5}"#, 400, "'text' must be text"),
                ("/v1/tickets", #"{"text":"x","prioriti":"high"}"#, 400, "did you mean 'priority'"),
                ("/v1/messages/replay", #"{"since":null}"#, 400, "'since' is null"),
                ("/v1/tickets?sent=true", #"{"text":"x"}"#, 400, "unknown parameter 'sent'"),
                ("/v1/tickets", #"{"text":"x","priority":"hihg"}"#, 400, "did you mean 'high'"),
                ("/v1/tickets", #"{"text":"x","category":"outag"}"#, 400, "did you mean 'outage'"),
                ("/v1/tickets", #"{"text":"x","phone":"12"}"#, 400, "must be a phone number"),
                ("/v1/tickets", #"{"text":"x","due":"2026-02-30"}"#, 400, "a day such as"),
                ("/v1/tickets", #"{"text":"\u0000"}"#, 400, "control characters"),
                ("/v1/tickets", #"{"text":"   "}"#, 400, "is empty"),
                ("/v1/tickets", #"{"text":"x","send":true}"#, 422, "no phone to write to"),
                ("/v1/tickets", #"{"text":"\#(String(repeating: "x", count: 2_001))"}"#, 400, "1 to 2000 characters"),
                (
                    "/v1/tickets",
                    #"{"text":"\#(String(repeating: "x", count: 1_999))","send":true,"phone":"0712000678"}"#, 422,
                    "SMS parts"
                ),
                ("/v1/tickets/77/replies", #"{"text":"x"}"#, 404, "no ticket #77"),
                ("/v1/tickets/99999999999999999999/replies", #"{"text":"x"}"#, 400, "must be a whole number"),
                ("/v1/tickets/-1/close", "{}", 400, "must be a whole number"),
                ("/v1/jobs", #"{"contractor_id":9,"task":"x"}"#, 422, "no contractor 9"),
                ("/v1/jobs", #"{"contractor_id":1,"task":"x","price":"1e3"}"#, 400, "an amount such as 15000"),
                ("/v1/jobs/1/confirm", "{}", 404, "no job #1"),
                (
                    "/v1/broadcasts", #"{"audience":{"mini_grids":["Kisiwo"]},"texts":[{"text":"x"}],"class":"promo"}"#,
                    422, "did you mean 'Kisiwa'"
                ),
                ("/v1/broadcasts", #"{"audience":{},"texts":[{"text":"x"}],"class":"promo"}"#, 422, "no audience"),
                (
                    "/v1/broadcasts", #"{"audience":{"contractors":true},"texts":[{"text":"x"}],"class":"promo"}"#, 422,
                    "the audience is empty"
                ),
                (
                    "/v1/broadcasts", #"{"audience":{"all":true},"texts":[{"text":"{surname}"}],"class":"promo"}"#, 422,
                    "have no {surname}"
                ),
                (
                    "/v1/broadcasts", #"{"audience":{"all":true},"texts":[{"text":"x"}],"class":"promo","at":"soon"}"#,
                    400, "'at' must be a time"
                ),
                (
                    "/v1/broadcasts",
                    #"{"audience":{"all":true},"texts":[{"text":"x"}],"class":"promo","at":"2020-01-31T09:00"}"#, 400,
                    "in the past"
                ),
                ("/v1/nowhere", "{}", 404, "no such address"),
            ]
            for test in cases {
                let (status, answer) = try await gateway.post(test.path, test.body)
                let message = answer["error"]?["message"]?.text ?? ""
                #expect(
                    status == test.status && (test.said.isEmpty || message.contains(test.said)),
                    "\(test.path) \(test.body.prefix(80)): \(status) \(message)")
            }
            let other = try await gateway.client.post("/v1/tickets/1", Data("{}".utf8))
            #expect(other.status == 405)
            let invalid = try await gateway.client.post("/v1/tickets", Data([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))
            #expect(invalid.status == 400)
            #expect(try await gateway.tickets().isEmpty)
            #expect(gateway.modem.sentTexts.isEmpty)
            #expect(try await gateway.status().modems.first?.state == "ready")
        }
    }

    @Test("a body of 100 MB, clients that hang and clients that disconnect do no harm")
    func rudeClients() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            // Clients that connect, send half a request, and hang or disconnect.
            var hanging: [Int32] = []
            for number in 0..<30 {
                let client = try connect(gateway.socket)
                let half = "POST /v1/tickets HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{\"text\":"
                _ = half.withCString { write(client, $0, strlen($0)) }
                if number.isMultiple(of: 2) { close(client) } else { hanging.append(client) }
            }
            defer { for client in hanging { close(client) } }
            let huge = Data(repeating: 0x20, count: 100 * 1024 * 1024)
            let answer = try? await gateway.client.post("/v1/tickets", huge)
            #expect(answer?.status == 413)
            #expect(try await gateway.status().modems.first?.state == "ready")
            gateway.modem.deliver(from: "+255712000678", "help")
            try await wait(for: "an answer in spite of the clients") { gateway.modem.sentTexts.count == 1 }
            #expect(try await gateway.tickets().isEmpty)
            // SIGTERM does not wait for hanging clients.
            #expect(gateway.stop() == 0)
        }
    }

    @Test(
        "pages of a list hold each row once, and the last page, full or not, names no next one",
        arguments: [1, 2, 3, 4])
    func pages(limit: Int) async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            for number in 1...4 {
                _ = try gateway.command("agents", "new", "Agent \(number)", "--phone", "071200067\(number)")
            }
            var names: [String] = []
            var cursor: String?
            var pages = 0
            repeat {
                let page = try await gateway.client.get(
                    "/v1/agents?limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""), as: PageView<PersonView>.self
                ).value
                names += page.items.map(\.name)
                cursor = page.next
                pages += 1
            } while cursor != nil
            #expect(names == (1...4).map { "Agent \($0)" })
            #expect(pages == (4 + limit - 1) / limit)
        }
    }

    @Test("the event stream reports events, and continues after a given event")
    func events() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            let client = gateway.client
            let listening = Task {
                var kinds: [String] = []
                var last: String?
                try await client.listen("/v1/events?after=0") { serverEvent in
                    kinds.append(serverEvent.kind)
                    last = serverEvent.id
                    return !kinds.contains("payment.completed")
                }
                return (kinds, last)
            }
            try await gateway.importCSV(
                "customers",
                "name,phone,village,mini_grid,cluster,device_kind,serial,paygo_key\nJuma,0712000777,Kijiji,Kisiwa,Pwani,shs,SHS0001,bc41ec9530f6dac86b1a29ab82edc5fb\n"
            )
            gateway.modem.deliver(from: "+255712000678", "my fence is broken near the meter box")
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            let (kinds, last) = try await listening.value
            let wanted = ["modem.changed", "registry.changed", "ticket.opened", "ticket.entry", "message.received"]
            #expect(wanted.allSatisfy(kinds.contains))
            let opened = try #require(kinds.firstIndex(of: "ticket.opened"))
            #expect(kinds[opened + 1] == "ticket.entry")
            let number = try #require(last)
            _ = try gateway.command("tickets", "close", "1")
            var next: [String] = []
            try await gateway.client.listen("/v1/events?after=\(number)") { serverEvent in
                next.append(serverEvent.kind)
                return !next.contains("ticket.closed")
            }
            #expect(!next.contains("ticket.opened") && next.last == "ticket.closed")
            // The stream ends when the daemon stops.
            let ending = Task { try await client.listen("/v1/events") { _ in true } }
            try await Task.sleep(for: .milliseconds(300))
            #expect(gateway.stop() == 0)
            _ = await ending.result
        }
    }

    private func connect(_ path: String) throws -> Int32 {
        let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let done = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(done == 0)
        return client
    }
}
