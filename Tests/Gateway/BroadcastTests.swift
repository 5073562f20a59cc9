import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

extension DeskUnderTest {
    /// Two mini-grids with six customers. One of them has two phones, and two share one.
    fileprivate func registerVillages() async throws {
        try await importCSV(.tariffs, "name,price_per_kwh\nDomestic,250\nBusiness,300\n")
        try await importCSV(
            .customers,
            """
            name,surname,phone,language,village,mini_grid,cluster,connection_group,device_kind,serial,tariff
            Rehema,Juma,+255712000001;+255712000011,sw,Kijiji,Kisiwa,Pwani,Home,meter,01450000011,Domestic
            Ali,,+255712000002,en,Kijiji,Kisiwa,Pwani,Shop,meter,01450000029,Business
            Zawadi,,+255712000003,,Soko,Kisiwa,Pwani,Home,shs,SHS3,
            Neema,,+255712000004,,Bara,Mlima,Bonde,Home,meter,01450000037,Domestic
            Saidi,,+255712000004,,Bara,Mlima,Bonde,Home,shs,SHS5,
            Tatu,,+255712000006,fr,Bara,Mlima,Bonde,Shop,e-bike,EB6,

            """)
    }

    fileprivate func plan(_ change: (inout Audience) -> Void, _ texts: [String: String] = ["": "Hello"]) async throws
        -> BroadcastPlan
    {
        var audience = Audience()
        change(&audience)
        return try await Broadcasts(gateway).plan(
            BroadcastOrder(audience: audience, texts: texts, broadcastClass: .service))
    }

    fileprivate func create(_ plan: BroadcastPlan) async throws -> BroadcastID {
        try await gateway.steps.perform { try Broadcasts(gateway).create(plan, uid: 0, $0) }
    }

    fileprivate func refusal(_ change: (inout Audience) -> Void, _ texts: [String: String] = ["": "Hello"]) async throws
        -> String
    {
        do {
            _ = try await plan(change, texts)
            return ""
        } catch let refusal as BroadcastRefusal {
            return refusal.description
        }
    }
}

@Suite("Broadcasts")
struct BroadcastTests {
    @Test("an audience is any combination of criteria, with one message per phone")
    func audiences() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            _ = try await desk.register(.contractor, "Juma", "+255712000021", miniGrids: ["Kisiwa"])
            _ = try await desk.register(.contractor, "Salim", "+255712000022", miniGrids: ["Mlima"])
            _ = try await desk.register(.agent, "Asha", "+255712000002")
            func phones(_ change: (inout Audience) -> Void) async throws -> Set<String> {
                let plan = try await desk.plan(change)
                let id = try await desk.create(plan)
                let deliveries = try await desk.gateway.steps.read {
                    try $0.broadcasts.deliveries(of: id, after: nil, limit: 100)
                }
                let phones = deliveries.map { String($0.phone.suffix(2)) }
                #expect(Set(phones).count == phones.count && phones.count == plan.recipients)
                return Set(phones)
            }
            #expect(try await phones { $0.miniGrids = ["Kisiwa"] } == ["01", "11", "02", "03"])
            #expect(try await phones { $0.clusters = ["Bonde"] } == ["04", "06"])
            #expect(try await phones { $0.villages = ["Soko", "Bara"] } == ["03", "04", "06"])
            #expect(try await phones { $0.connectionGroups = ["Shop"] } == ["02", "06"])
            #expect(try await phones { $0.deviceKinds = [.solarHomeSystem, .eBike] } == ["03", "04", "06"])
            #expect(try await phones { $0.tariffs = ["Business"] } == ["02"])
            #expect(
                try await phones {
                    $0.miniGrids = ["Kisiwa"]
                    $0.connectionGroups = ["Home"]
                } == ["01", "11", "03"])
            #expect(
                try await phones {
                    $0.miniGrids = ["Kisiwa"]
                    $0.contractors = true
                } == ["01", "11", "02", "03", "21"])
            #expect(try await phones { $0.contractors = true } == ["21", "22"])
            #expect(try await phones { $0.everybody = true } == ["01", "11", "02", "03", "04", "06", "21", "22"])
            let ali = try await desk.gateway.steps.read { try $0.registry.customers(after: 0, search: "Ali", limit: 1) }
            #expect(try await phones { $0.customers = [ali[0].id.number] } == ["02"])
        }
    }

    @Test("faults of an audience or a text are reported, with the nearest known name")
    func refused() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            #expect(try await desk.refusal { $0.miniGrids = ["Kisiwo"] }.contains("did you mean 'Kisiwa'"))
            #expect(try await desk.refusal { $0.customers = [77] }.contains("no customer 77"))
            #expect(try await desk.refusal { _ in }.contains("no audience"))
            #expect(try await desk.refusal { $0.contractors = true }.contains("the audience is empty"))
            #expect(try await desk.refusal({ $0.everybody = true }, [:]).contains("no text"))
            #expect(try await desk.refusal({ $0.everybody = true }, ["xx": "Hi"]).contains("no language 'xx'"))
            #expect(try await desk.refusal({ $0.everybody = true }, ["": "Hi {nam}"]).contains("unknown place {nam}"))
            #expect(try await desk.refusal({ $0.everybody = true }, ["": "Hi {name"]).contains("no '}'"))
            let lacking = try await desk.refusal({ $0.everybody = true }, ["": "Hi {surname}"])
            #expect(lacking.contains("4 recipients have no {surname}") && lacking.contains("{surname|other words}"))
            let long = String(repeating: "power cut ", count: 200)
            #expect(try await desk.refusal({ $0.everybody = true }, ["": long]).contains("14 SMS parts"))
        }
    }

    @Test("each recipient gets the text in their language, with their values in the places")
    func texts() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            let plan = try await desk.plan(
                { $0.everybody = true },
                [
                    "sw": "Habari {name} {surname|rafiki}, {village}", "fr": "Bonjour {name}: {credit}",
                    "": "Hello {name} of {mini_grid}, {serial}",
                ])
            let id = try await desk.create(plan)
            let bodies = try await desk.outbox().filter { $0.broadcast == id }.map(\.body)
            #expect(bodies.contains("Habari Rehema Juma, Kijiji"))
            #expect(bodies.contains("Bonjour Tatu: TZS 0"))
            #expect(bodies.contains("Hello Ali of Kisiwa, 01450000029"))
            #expect(bodies.filter { $0.hasPrefix("Habari") }.count == 2)
        }
    }

    @Test("people who opted out are left out and counted, also between planning and sending and while it runs")
    func optedOut() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            try await desk.receive("STOP", from: "+255712000001")
            let plan = try await desk.plan { $0.everybody = true }
            #expect(plan.optedOut == 1 && plan.recipients == 5)
            try await desk.receive("STOP", from: "+255712000002")
            let id = try await desk.create(plan)
            let broadcast = try #require(try await desk.gateway.steps.read { try $0.broadcasts.broadcast(id) })
            #expect(broadcast.optedOut == 2 && broadcast.recipients == 4)
            try await desk.receive("STOP", from: "+255712000003")
            let counts = try await desk.gateway.steps.read { try $0.broadcasts.counts(of: id) }
            #expect(counts == [.queued: 3, .cancelled: 1])
        }
    }

    @Test("a paused broadcast sends nothing, a resumed one continues, and a cancelled one keeps its counts")
    func steering() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            let id = try await desk.create(try await desk.plan { $0.everybody = true })
            let now = desk.clock.now
            let broadcasts = Broadcasts(desk.gateway)
            var isDue = true
            func due() async throws -> Bool {
                try await desk.gateway.steps.read {
                    try $0.outbox.dueBroadcast([.service], at: now, limit: 50, where: { _ in true }) != nil
                }
            }
            func take(_ step: Broadcasts.Order) async throws -> Bool {
                try await desk.gateway.steps.perform { try broadcasts.take(step, id, $0) }
            }
            #expect(try await due())
            #expect(try await take(.pause))
            isDue = try await due()
            #expect(!isDue)
            let isPausedTwice = try await take(.pause)
            #expect(!isPausedTwice)
            #expect(try await take(.resume))
            #expect(try await due())
            #expect(try await take(.cancel))
            isDue = try await due()
            #expect(!isDue)
            let isResumed = try await take(.resume)
            #expect(!isResumed)
            let counts = try await desk.gateway.steps.read { try $0.broadcasts.counts(of: id) }
            #expect(counts == [.cancelled: 6])
        }
    }

    @Test("a scheduled broadcast starts at its time and ends when no message is waiting")
    func schedule() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerVillages()
            var audience = Audience()
            audience.everybody = true
            let plan = try await Broadcasts(desk.gateway).plan(
                BroadcastOrder(
                    audience: audience, texts: ["": "Hello"], broadcastClass: .safety,
                    startsAt: desk.clock.now.adding(.seconds(3_600))))
            let id = try await desk.create(plan)
            func state() async throws -> BroadcastState? {
                try await desk.schedule()
                return try await desk.gateway.steps.read { try $0.broadcasts.broadcast(id)?.state }
            }
            #expect(try await state() == .scheduled)
            desk.clock.advance(.seconds(3_601))
            #expect(try await state() == .running)
            let now = desk.clock.now
            for message in try await desk.outbox() where message.broadcast == id {
                try await desk.gateway.steps.perform {
                    try $0.outbox.begin(message.id, modem: "test", at: now)
                    try $0.outbox.setState(.sent, of: message.id, at: now)
                }
            }
            #expect(try await state() == .done)
        }
    }

    @Test("thousands of recipients are stored in one transaction, each once")
    func many() async throws {
        try await DeskUnderTest.run { desk in
            var rows = "name,phone,village,mini_grid,cluster,device_kind,serial\n"
            for number in 0..<2_000 { rows += "C,+2557\(10_000_000 + number),Kijiji,Kisiwa,Pwani,shs,SHS\(number)\n" }
            try await desk.importCSV(.customers, rows)
            let id = try await desk.create(try await desk.plan { $0.miniGrids = ["Kisiwa"] })
            let counts = try await desk.gateway.steps.read { try $0.broadcasts.counts(of: id) }
            #expect(counts == [.queued: 2_000])
        }
    }

    @Test(
        "the estimate follows the limits of the modems, half of which broadcasts may use, and the sending hours",
        arguments: [
            // parts, rate, cap, hours, from, minutes
            (50, 10, 0, nil, 600, 10), (51, 10, 0, nil, 600, 11), (0, 10, 0, nil, 600, 0),
            (50, 10, 0, "08:00-19:00", 420, 70), (50, 10, 0, "08:00-19:00", 1_140, 790),
            (1_000, 10, 1_000, nil, 0, 1_440 + 100), (100, 0, 0, nil, 0, 5),
            (10, 10, 0, "08:00-19:00", 1_139, 1 + 780 + 1),
        ] as [(Int, Int, Int, String?, Int, Int)])
    func estimate(_ parts: Int, _ rate: Int, _ cap: Int, _ hours: String?, _ from: Int, _ minutes: Int) throws {
        let estimate = SendingEstimate(
            parts: parts, modems: [ModemLimits(networks: [], ratePerMinute: rate, dailyCap: cap)],
            hours: hours.flatMap { SendingHours($0) }, from: from)
        #expect(estimate.minutes == minutes)
    }
}
