import Domain
import NIOConcurrencyHelpers
import Store
import Testing

@testable import Gateway

@Suite("Large imports")
struct LargeImportTests {
    private static let header = "name,surname,phone,village,mini_grid,cluster,device_kind,serial,price_per_day\n"

    /// Customers of three villages, each with a device and a phone.
    private static func customers(_ numbers: Range<Int>) -> String {
        header + numbers.map { row($0) }.joined()
    }

    private static func row(_ number: Int, serial: String? = nil) -> String {
        """
        Rehema,\(number),0712\(100_000 + number),Kijiji \(number % 3),Kisiwa \(number % 2),Pwani \(number % 2),shs,\
        \(serial ?? "SHS\(number)"),\(number.isMultiple(of: 10) ? "150" : "")

        """
    }

    private func run(_ body: (DeskUnderTest, RegistryImport) async throws -> Void) async throws {
        try await DeskUnderTest.run { desk in try await body(desk, RegistryImport(desk.gateway)) }
    }

    @Test("customers of many slices are imported with their villages, phones, devices and prices")
    func manySlices() async throws {
        try await run { desk, importer in
            // One more device for the first customer, in a much later slice.
            let text = Self.customers(0..<1_300) + Self.row(0, serial: "SHSMORE")
            let result = try await importer.run(.customers, text, dryRun: false, uid: nil)
            #expect(result.bad == [] && result.rows == 1_301)
            let store = desk.gateway.store
            #expect(try await store.read { try $0.registry.counts() } == (1_300, 1_301))
            let (first, last) = try await store.read {
                (try $0.registry.customer(CustomerID(1)), try $0.registry.customer(CustomerID(1_300)))
            }
            #expect(first?.fullName == "Rehema 0" && last?.phones.map(\.e164) == ["+255712101299"])
            #expect(last?.village == "Kijiji 0" && last?.miniGrid == "Kisiwa 1" && last?.cluster == "Pwani 1")
            let devices = try await store.read { try $0.registry.devices(of: CustomerID(1)) }
            #expect(devices.map(\.serial.text) == ["SHS0", "SHSMORE"])
            let plans = try await store.read { step in
                try step.registry.devices(of: CustomerID(11)).map { try step.services.plan(of: $0.id) }
            }
            #expect(plans.map { $0?.pricePerDay.tenThousandths } == [1_500_000])
            // Another file with another device of theirs creates no new customers.
            let more = Self.header + Self.row(0, serial: "SHSTHIRD") + Self.row(1, serial: "SHSFOURTH")
            #expect(try await importer.run(.customers, more, dryRun: false, uid: nil).bad == [])
            #expect(try await store.read { try $0.registry.counts() } == (1_300, 1_303))
            try await desk.expectCleanAudit()
        }
    }

    @Test("sales of many slices are imported with their instalments, and the books balance")
    func sales() async throws {
        try await run { desk, importer in
            let files: [(ImportKind, String)] = [
                (.customers, Self.header + (1..<700).map { Self.row($0 * 10 + 1) }.joined()),
                (.appliances, "name,price\nHome kit,90000\n"),
                (
                    .sales,
                    "serial,appliance,down_payment,instalments,interval,first_due\n"
                        + (1..<700).map { "SHS\($0 * 10 + 1),Home kit,\($0 % 2 * 6_000),12,monthly,2026-12-28\n" }
                        .joined()
                ),
            ]
            for (kind, text) in files {
                let result = try await importer.run(kind, text, dryRun: false, uid: nil)
                #expect(result.bad == [])
            }
            let store = desk.gateway.store
            let sale = try await store.read { try $0.sales.sale(SaleID(1)) }
            #expect(sale?.downPayment == Money(minor: 600_000) && sale?.price == Money(minor: 9_000_000))
            let plan = try await store.read { try $0.sales.currentPlan(of: SaleID(699)) }
            #expect(plan.count == 12 && plan.map(\.cost).sum == Money(minor: 8_400_000))
            let balances = try await store.read { try $0.ledger.balances() }
            #expect(balances.contains { $0.account == "appliance_sales" && $0.balance.minor == -699 * 9_000_000 })
            #expect(balances.contains { $0.account == "cash" && $0.balance.minor == 350 * 600_000 })
            try await desk.expectCleanAudit()
        }
    }

    @Test("consecutive imports do not take each other's staged rows")
    func closeTogether() async throws {
        try await run { desk, importer in
            for number in 0..<200 {
                let result = try await importer.run(
                    .customers, Self.customers(number..<number + 1), dryRun: false, uid: nil)
                #expect(result.bad == [])
            }
            #expect(try await desk.gateway.steps.read { try $0.registry.counts().customers } == 200)
        }
    }

    @Test("one bad row in the last slice rejects the whole file, and a dry run changes nothing")
    func allOrNone() async throws {
        try await run { desk, importer in
            let bad = Self.customers(0..<1_200) + Self.row(7)
            let result = try await importer.run(.customers, bad, dryRun: false, uid: nil)
            #expect(result.bad.map(\.line) == [1_202])
            let dry = try await importer.run(.customers, Self.customers(0..<1_200), dryRun: true, uid: nil)
            #expect(dry.bad == [] && dry.rows == 1_200)
            #expect(try await desk.gateway.steps.read { try $0.registry.counts() } == (0, 0))
        }
    }

    @Test("a row that conflicts with a change made after the check is rejected at the end, with its line")
    func meanwhile() async throws {
        try await run { desk, importer in
            #expect(try await importer.run(.customers, Self.customers(0..<1), dryRun: false, uid: nil).bad == [])
            let store = desk.gateway.store
            let (customer, device) = try await store.read { step in
                (try step.registry.customer(CustomerID(1)), try step.registry.device(DeviceID(1)))
            }
            let stage = try ImportStage(beside: store)
            try await stage.add([
                StagedCustomer(
                    line: 5, owner: .new(1), customer: try #require(customer), device: try #require(device))
            ])
            let refused = try await store.write(with: stage) { try $0.staged.refusedCustomers(limit: 10) }
            #expect(refused.map(\.line) == [5] && refused.first?.reason.contains("SHS0 already") == true)
        }
    }

    @Test("while one import runs, another is refused; afterwards it is not")
    func oneAtATime() async throws {
        try await run { desk, importer in
            try desk.gateway.importGate.enter(.sales)
            await #expect(throws: ImportGate.Busy.self) {
                try await importer.run(.customers, Self.customers(0..<1), dryRun: false, uid: nil)
            }
            desk.gateway.importGate.leave()
            #expect(try await importer.run(.customers, Self.customers(0..<1), dryRun: false, uid: nil).bad == [])
        }
    }

    @Test("payments are answered while a large file is checked")
    func payments() async throws {
        try await run { desk, importer in
            try await desk.registerMeter()
            let isOver = NIOLockedValueBox(false)
            let whole = Task {
                defer { isOver.withLockedValue { $0 = true } }
                return try await importer.run(.customers, Self.customers(0..<20_000), dryRun: false, uid: nil)
            }
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            #expect(payment.state == .completed)
            #expect(!isOver.withLockedValue { $0 })
            #expect(try await whole.value.bad == [])
            #expect(try await desk.gateway.steps.read { try $0.registry.counts().devices } == 20_001)
        }
    }
}
