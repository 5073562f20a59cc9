import Domain
import Foundation
import Gateway
import Logging
import Messages
import ModemMessages
import Store
import StrictTOML
import TestSupport
import Tokens

/// The stations on a database of their own, as the daemon puts them together.
struct BenchmarkGateway {
    let gateway: Gateway
    let inbox: Inbox
    let router: MessageRouter

    static let library = Result {
        try Library(
            LibraryFolders(shipped: Fixtures.checkout.appendingPathComponent("templates").path, overrides: nil))
    }

    static func issuer() throws -> TokenIssuer {
        let keys = try VendingKeyFile(
            """
            [[keys]]
            sgc = "201457"
            krn = 1
            base_date = 2014
            dkga = 4
            ea = 11
            key = "abababababababab949494949494949401234567"
            """, file: "keys.toml", allowTestKeys: true)
        return TokenIssuer(keys: keys, tables: nil)
    }

    init(database: String, customers: Int = 0) async throws {
        let library = try Self.library.get()
        guard let currency = Currency(code: "TZS"), let country = library.countries["TZ"],
            let calendar = CompanyCalendar(timeZone: "Africa/Dar_es_Salaam")
        else { throw CocoaError(.featureUnsupported) }
        var settings = GatewaySettings(
            amountCeiling: Money(minor: 50_000_000), trust: TrustSettings(unverifiedLimit: Money(minor: 2_000_000)))
        settings.trust.disabledForAll = [.chain, .time, .smsc]
        settings.repliesPerHourOfAll = .max
        let wallets: Set<String> = ["mpesa-tz"]
        gateway = Gateway(
            store: try Store(path: database),
            company: Company(
                name: "Umeme Bora", currency: currency, country: country, languages: ["en"], calendar: calendar),
            settings: settings,
            library: CurrentLibrary(library.only(wallets, of: "TZ"), listed: wallets) { library.only($0, of: "TZ") },
            issuer: try Self.issuer(), clock: SystemClock(),
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() })
        inbox = Inbox(gateway)
        router = MessageRouter(gateway)
        guard customers > 0 else { return }
        try await importCSV(.tariffs, "name,price_per_kwh\nDomestic,250\n")
        let header = "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,sgc\n"
        try await importCSV(
            .customers, header + "Rehema,+255712000678,Kijiji,Kisiwa,Pwani,meter,01450000011,Domestic,201457\n")
        // A file has at most 200,000 rows.
        for start in stride(from: 1, to: customers, by: 100_000) {
            let rows = (start..<min(start + 100_000, customers)).map {
                "Asha,0713\(String(1_000_000 + $0).suffix(6)),Kijiji,Kisiwa,Pwani,shs,SHS\($0),,\n"
            }
            try await importCSV(.customers, header + rows.joined())
        }
    }

    private func importCSV(_ kind: ImportKind, _ text: String) async throws {
        let result = try await RegistryImport(gateway).run(kind, text, dryRun: false, uid: nil)
        guard result.bad.isEmpty else { throw TOMLFault(file: "csv", line: nil, message: "\(result.bad.prefix(2))") }
    }

    /// The wallet's text of a payment, with an id of its own.
    static func payment(_ number: Int) -> String {
        let id = "CKD4" + String(1_000_000 + number, radix: 36).uppercased().suffix(6)
        return
            "\(id) Confirmed. on 21/11/26 at 6:02 PM Tsh1,000.00 received from 255712000678 REHEMA JUMA. Account Number 01450000011 New Utility balance is Tsh985,618.00"
    }

    /// One payment from the modem's part to the queued token.
    func pay(_ number: Int) async throws {
        let part = ReceivedPart(
            place: nil, originator: "M-PESA", smsc: "+255754000004",
            sentAt: Int64(Date().timeIntervalSince1970), text: Self.payment(number), coding: .gsm7, concatenation: nil)
        _ = await inbox.commit([.part(part)], from: "bench")
        try await router.handleWaiting()
    }
}
