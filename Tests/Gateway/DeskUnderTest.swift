import Domain
import Foundation
import Gateway
import Logging
import Messages
import ModemMessages
import Store
import StrictTOML
import TestSupport
import Testing
import Tokens

/// A clock that stands still until a test moves it.
final class TestClock: WallClock, @unchecked Sendable {
    // Moved only by the test that owns it, between the calls that read it.
    var now = Timestamp(seconds: 1_795_000_000)
    func advance(_ duration: Duration) { now = now.adding(duration) }
}

/// The desks on a real database, without modems: messages are put into the inbox and handled at once.
struct DeskUnderTest {
    let clock: TestClock
    let gateway: Gateway
    let router: MessageRouter
    let inbox: Inbox
    private let counter = Counter()

    /// Loaded once, because it is a value and loading takes longer than most tests.
    private static let library = Result {
        try Library(
            LibraryFolders(shipped: Fixtures.checkout.appendingPathComponent("templates").path, overrides: nil))
    }

    static let meter = "01450000011"
    static let phone = "+255712000678"

    private final class Counter: @unchecked Sendable {
        // Used by one test at a time.
        var value = 0
    }

    init(
        _ folder: URL, clock: TestClock = TestClock(), timeZone: String = "Africa/Dar_es_Salaam",
        vendors: [String: any VendorAPI] = [:], moreKeys: String = "", wallets: Set<String> = wallets,
        change: (inout GatewaySettings) -> Void = { _ in }
    ) throws {
        self.clock = clock
        let library = try Self.library.get()
        let currency = try #require(Currency(code: "TZS"))
        let company = Company(
            name: "Umeme Bora", currency: currency, country: try #require(library.countries["TZ"]),
            languages: ["en", "sw"],
            calendar: try #require(CompanyCalendar(timeZone: timeZone)))
        let keys = try VendingKeyFile(
            """
            [[keys]]
            sgc = "201457"
            krn = 1
            base_date = 2014
            dkga = 4
            ea = 11
            key = "abababababababab949494949494949401234567"
            \(moreKeys)
            """, file: "keys.toml", allowTestKeys: true)
        var settings = GatewaySettings(
            amountCeiling: Money(minor: 50_000_000), trust: TrustSettings(unverifiedLimit: Money(minor: 2_000_000)))
        // Off, because most tests use texts with arbitrary dates and balances. The trust tests turn the checks on.
        settings.trust.disabledForAll = [.chain, .time, .smsc]
        // Off, because only some tests need it.
        settings.digestMinute = 24 * 60
        change(&settings)
        gateway = Gateway(
            store: try Store(path: folder.appendingPathComponent("db").path), company: company, settings: settings,
            library: CurrentLibrary(library.only(wallets, of: "TZ"), listed: wallets) {
                library.only($0, of: "TZ")
            },
            issuer: TokenIssuer(keys: keys, tables: nil, vendors: vendors),
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        router = MessageRouter(gateway)
        inbox = Inbox(gateway)
    }

    /// The wallets in use, unless a test gives others.
    static let wallets: Set<String> = ["mpesa-tz", "airtel-tz", "mixx-tz", "halopesa-tz", "selcom-tz"]

    static func run(
        timeZone: String = "Africa/Dar_es_Salaam", vendors: [String: any VendorAPI] = [:], moreKeys: String = "",
        wallets: Set<String> = wallets, change: (inout GatewaySettings) -> Void = { _ in },
        _ body: (DeskUnderTest) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            let desk = try DeskUnderTest(
                folder, timeZone: timeZone, vendors: vendors, moreKeys: moreKeys, wallets: wallets, change: change)
            try await body(desk)
            try desk.gateway.store.close()
        }
    }

    /// Receives a text as if from a modem and handles it. Each has its own time stamp.
    func receive(
        _ text: String, from originator: String = "M-PESA", place: PartPlace? = nil, sentAt: Timestamp? = nil,
        centre: String = "+255754000004"
    ) async throws {
        counter.value += 1
        let part = ReceivedPart(
            place: nil, originator: originator, smsc: centre,
            sentAt: (sentAt ?? clock.now).milliseconds / 1000 + Int64(counter.value % 3_600),
            text: text, coding: .gsm7, concatenation: place)
        _ = await inbox.commit([.part(part)], from: "test")
        try await router.handleWaiting()
    }

    func registerMeter(_ serial: String = meter, phone: String = phone, minimum: String = "") async throws {
        if try await gateway.steps.read({ try $0.tariffs.all() }).isEmpty {
            try await importCSV(.tariffs, "name,price_per_kwh,minimum_purchase\nDomestic,250,\(minimum)\n")
        }
        try await importCSV(
            .customers,
            "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,sgc\nRehema,\(phone),Kijiji,Kisiwa,Pwani,meter,\(serial),Domestic,201457\n"
        )
    }

    func importCSV(_ kind: ImportKind, _ text: String) async throws {
        let result = try await RegistryImport(gateway).run(kind, text, dryRun: false, uid: nil)
        try #require(result.bad == [])
    }

    /// Registers a person and returns the number.
    func register(_ role: PersonRole, _ name: String, _ phone: String, miniGrids: [String] = []) async throws
        -> PersonID
    {
        let number = try #require(PhoneNumber(e164: phone))
        let now = clock.now
        return try await gateway.steps.perform {
            try $0.people.insert(
                Person(role: role, name: name, language: nil, phones: [number], miniGrids: miniGrids), at: now)
        }
    }

    // MARK: Debts and devices

    var today: CalendarDate { gateway.company.calendar.today(at: clock.now) }

    static let solar = "SHS0001"

    /// Registers a solar home system with an OpenPAYGO key. With the same phone it belongs to the customer of the
    /// meter.
    func registerSolar(
        _ serial: String = solar, phone: String = phone, token: String = "openpaygo", pricePerDay: String = ""
    ) async throws {
        let key = token == "openpaygo" ? "bc41ec9530f6dac86b1a29ab82edc5fb" : ""
        try await importCSV(
            .customers,
            "name,phone,village,mini_grid,cluster,device_kind,serial,token,paygo_key,price_per_day\nRehema,\(phone),Kijiji,Kisiwa,Pwani,shs,\(serial),\(token),\(key),\(pricePerDay)\n"
        )
    }

    /// Makes a sale with amounts in whole units of the currency, by default to the first customer.
    @discardableResult
    func sell(
        _ name: String, _ price: Int64, _ division: PlanTerms.Division, _ interval: PlanTerms.Interval = .weekly,
        from first: CalendarDate, down: Int64 = 0, device: String? = nil, to customer: Int64 = 1,
        remindBefore: Int? = nil, remindAfter: Int? = nil
    ) async throws -> SaleID {
        let now = clock.now
        return try await gateway.steps.perform { step in
            var appliance = Appliance(
                name: name, price: Money(minor: price * 100), remindBefore: remindBefore, remindAfter: remindAfter)
            appliance.id =
                try step.appliances.appliance(named: name)?.id
                ?? step.appliances.insert(appliance, at: now)
            var order = SalesDesk.Order(
                customer: CustomerID(customer), appliance: appliance, terms: PlanTerms(division, interval, from: first))
            order.price = Money(minor: price * 100)
            order.downPayment = Money(minor: down * 100)
            order.device = try device.flatMap { Serial($0) }.flatMap { try step.registry.device(serial: $0) }
            return try SalesDesk(gateway).sell(order, step)
        }
    }

    /// Charges a due access rate of a meter.
    func charge(_ serial: String, _ amount: Int64, due: CalendarDate) async throws {
        let now = clock.now
        let meter = try await device(serial)
        try await gateway.steps.perform { step in
            try step.accessRates.charge(
                DueAccess(
                    device: meter.id, customer: meter.customer, due: due, rate: Money(minor: amount * 100),
                    periodDays: 30), at: now)
        }
    }

    func device(_ serial: String) async throws -> Device {
        let serial = try #require(Serial(serial))
        return try #require(try await gateway.steps.read { try $0.registry.device(serial: serial) })
    }

    /// Pays with the serial as reference and returns the payment.
    @discardableResult
    func pay(
        _ transaction: String, _ amount: String, for serial: String, from phone: String = phone,
        sentAt: Timestamp? = nil
    ) async throws -> Payment {
        let before = try await payments().last?.id
        try await receive(
            Self.confirmation(transaction, "Tsh\(amount)", from: String(phone.dropFirst()), account: serial),
            sentAt: sentAt)
        let payment = try #require(try await payments().last)
        #expect(payment.id != before)
        return payment
    }

    /// Carries out an operation of staff.
    func order(_ body: @escaping @Sendable (PaymentOperations, Step) throws -> Void) async throws {
        let orders = PaymentOperations(gateway)
        try await gateway.steps.perform { try body(orders, $0) }
    }

    /// The reasons why a payment is held, in English.
    func reasons(_ payment: Payment) throws -> String { try HoldReasonWords(gateway).english(payment.reasons) }

    func state(of id: PaymentID) async throws -> PaymentState? {
        try await gateway.steps.read { try $0.payments.payment(id)?.state }
    }

    func credit() async throws -> Money { try await gateway.steps.read { try $0.ledger.credit(of: CustomerID(1)) } }

    func lastToken(_ serial: String) async throws -> IssuedToken? {
        let device = try await device(serial).id
        return try await gateway.steps.read { try $0.tokens.tokens(of: device, limit: 1).first }
    }

    /// Runs the scheduled duties.
    func schedule() async throws { try await Scheduler(gateway).work() }

    func ticket(_ number: Int64) async throws -> Ticket {
        try #require(try await gateway.steps.read { try $0.tickets.ticket(TicketID(number)) })
    }

    func tickets() async throws -> [Ticket] {
        try await gateway.steps.read { try $0.tickets.tickets(TicketFilter(), before: nil, limit: 500) }.reversed()
    }

    func thread(_ number: Int64) async throws -> [ThreadEntry] {
        try await gateway.steps.read { try $0.tickets.entries(of: TicketID(number)) }
    }

    /// The texts waiting to be sent to a phone, oldest first.
    func texts(to phone: String) async throws -> [String] {
        try await outbox().filter { $0.recipient.e164 == phone }.map(\.body)
    }

    func payments() async throws -> [Payment] {
        try await gateway.steps.read { try $0.payments.payments(before: nil, state: nil, limit: 500) }.reversed()
    }

    /// The messages waiting in the outbox, oldest first.
    func outbox() async throws -> [OutboxMessage] {
        try await gateway.steps.read { try $0.outbox.messages(before: nil, state: nil, limit: 500) }.reversed()
    }

    func messages() async throws -> [InboxMessage] {
        try await gateway.steps.read { try $0.inbox.messages(before: nil, disposition: nil, limit: 500) }.reversed()
    }

    func expectCleanAudit() async throws {
        let findings = try await gateway.steps.read { try $0.audit.findings() }
        #expect(findings.map(\.detail) == [])
    }

    static func confirmation(
        _ transaction: String, _ amount: String = "Tsh1,000.00", from phone: String = "255712000678",
        balance: String = "Tsh985,618.00", account: String? = nil
    ) -> String {
        if let account {
            return
                "\(transaction) Confirmed. on 21/11/26 at 6:02 PM \(amount) received from \(phone) REHEMA JUMA. Account Number \(account) New Utility balance is \(balance)"
        }
        return
            "\(transaction) Confirmed.You have received \(amount) from \(phone) - REHEMA JUMA on 21/11/26 at 6:02 PM New M-Pesa balance is \(balance)."
    }
}
