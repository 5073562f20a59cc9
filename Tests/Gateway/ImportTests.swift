import Domain
import Gateway
import Store
import Testing

@Suite("CSV import")
struct ImportTests {
    private let header = "name,phone,village,mini_grid,cluster,device_kind,serial,tariff\n"
    private let good = "Rehema,0712000678,Kijiji,Kisiwa,Pwani,meter,01450000011,Domestic\n"

    private func desk(_ body: (DeskUnderTest, (ImportKind, String) async throws -> ImportResult) async throws -> Void)
        async throws
    {
        try await DeskUnderTest.run { desk in
            let importer = RegistryImport(desk.gateway)
            let result = try await importer.run(
                .tariffs, "name,price_per_kwh\nDomestic,356.5\n", dryRun: false, uid: nil)
            #expect(result.bad.isEmpty)
            try await body(desk) { try await importer.run($0, $1, dryRun: false, uid: nil) }
        }
    }

    @Test(
        "a bad row is reported with its line, and nothing is imported",
        arguments: [
            ("Asha,0712000679,K,Kisiwa,Pwani,meter,01450000011,Domestic\n", "already in line 2"),
            ("Asha,notaphone,K,Kisiwa,Pwani,meter,01450000029,Domestic\n", "not a phone number"),
            ("Asha,0712000679,K,Kisiwa,Pwani,meter,01450000028,Domestic\n", "check digit"),
            ("Asha,0712000679,K,Kisiwa,Pwani,meter,01450000029,Domestik\n", "did you mean 'Domestic'"),
            ("Asha,0712000679,K,Kisiwa,Pwani,metre,01450000029,Domestic\n", "did you mean 'meter'"),
            ("Asha,0712000679,K,Kisiwa,Pwani,meter,01450000029,\n", "needs a 'tariff'"),
            (",0712000679,K,Kisiwa,Pwani,meter,01450000029,Domestic\n", "'name' is empty"),
            ("Asha,0712000679,K,Kisiwa,Bara,meter,01450000029,Domestic\n", "is in cluster 'Pwani'"),
            ("Asha,0712000679,K,Kisiwa,Pwani,meter,01450000029\n", "has 7 fields"),
            ("\"Asha,0712000679,K,Kisiwa,Pwani,meter,01450000029,Domestic\n", "quotation mark"),
        ])
    func badRows(row: String, reason: String) async throws {
        try await desk { desk, importCSV in
            let result = try await importCSV(.customers, header + good + row)
            #expect(result.bad.contains { $0.line == 3 && $0.reason.contains(reason) }, "\(result.bad)")
            #expect(try await desk.gateway.steps.read { try $0.registry.counts().customers } == 0)
        }
    }

    @Test("a header with thousands of columns or an endless name is rejected at once")
    func hugeHeaders() async throws {
        try await desk { _, importCSV in
            let many = try await importCSV(.customers, String(repeating: "x,", count: 200_000) + "\n")
            #expect(many.bad.map(\.line) == [1])
            let long = try await importCSV(.categories, String(repeating: "x", count: 2_000_000) + "\n")
            #expect(long.bad.contains { $0.reason.contains("unknown column") })
        }
    }

    @Test("columns in any order, a byte order mark, quotes and several phones are understood")
    func shapes() async throws {
        try await desk { desk, importCSV in
            let text =
                "\u{FEFF}serial,name,phone,cluster,mini_grid,village,device_kind,tariff,surname\r\n"
                + "0145-0000-011,Rehema,0712000678; +254713000111,Pwani,Kisiwa,\"Kijiji, \"\"chini\"\"\",meter,Domestic,Juma\r\n\r\n"
            let result = try await importCSV(.customers, text)
            #expect(result.bad == [])
            let customer = try #require(try await desk.gateway.steps.read { try $0.registry.customer(CustomerID(1)) })
            #expect(
                customer.village == "Kijiji, \"chini\""
                    && customer.phones.map(\.e164) == ["+255712000678", "+254713000111"])
            #expect(customer.fullName == "Rehema Juma")
        }
    }

    @Test("the header is checked before anything else")
    func headers() async throws {
        try await desk { _, importCSV in
            #expect(try await importCSV(.customers, "").bad.first?.reason.contains("header") == true)
            let wrong = try await importCSV(.customers, "name,fone\nA,1\n")
            #expect(wrong.bad.contains { $0.reason.contains("unknown column 'fone'") })
            #expect(wrong.bad.contains { $0.reason.contains("'serial' is missing") })
        }
    }

    @Test(
        "an impossible tariff is rejected",
        arguments: ["T,-1", "T,abc", "T,1.23456", "T,0", "Domestic,5", "T,99999999999999"])
    func tariffs(row: String) async throws {
        try await desk { _, importCSV in
            let result = try await importCSV(.tariffs, "name,price_per_kwh\n\(row)\n")
            #expect(result.bad.map(\.line) == [2])
        }
    }

    @Test("a second row of the same person adds a device but no second person")
    func secondDevice() async throws {
        try await desk { desk, importCSV in
            let result = try await importCSV(
                .customers, header + good + "Rehema,0712000678,Kijiji,Kisiwa,Pwani,meter,01450000029,Domestic\n")
            #expect(result.bad == [])
            #expect(try await desk.gateway.steps.read { try $0.registry.counts() } == (1, 2))
        }
    }
}
