import Admin
import Foundation
import Simulator
import TestSupport
import Testing

/// Three modems, three wallets and forty customers, who do at random what people and modems do.
final class SoakWorld {
    /// The third wallet pays over HTTP. Nothing is credited without proof.
    static let tables = ListenerUnderTest.mixx + ListenerUnderTest.aggregator + "[payments.trust]\nunverified_limit = 0"

    let modems: [SimulatedModem]
    private let listening: ListenerUnderTest
    private let customers: [(name: String, phone: String, serial: String)]
    private var gateway: GatewayUnderTest { listening.gateway }
    private var wallets = [RunningWallet(.mpesa, holds: 1_000_000), RunningWallet(.airtel, holds: 400_000)]
    private(set) var ledger = SoakLedger()
    private var random: SeededGenerator
    private var number = 0
    /// What ends the trouble of a modem, and when.
    private var troubles: [Int: (end: ContinuousClock.Instant, mend: @Sendable () throws -> Void)] = [:]
    /// Notices over HTTP that were not acknowledged yet: the wallet repeats them.
    private var notices: [(id: String, body: String)] = []
    private var acknowledged: [String] = []

    init(_ listening: ListenerUnderTest, _ others: [SimulatedModem], seed: UInt64) {
        self.listening = listening
        modems = [listening.gateway.modem] + others
        customers = (0..<40).map {
            (name: "Customer\($0)", phone: "+2557120\(10_000 + $0)", serial: MeterNumbers.valid($0))
        }
        random = SeededGenerator(seed: seed)
    }

    func prepare() async throws {
        modems[0].answerUSSD { $0 == ["*102#"] ? USSDScreen("Salio: Tsh 1,250.00") : nil }
        try await gateway.startReady()
        try await listening.isListening()
        for (wallet, modem) in zip(wallets, ["office", "tower"]) {
            let anchored = try gateway.command(
                "wallets", "balance", wallet.id, "\(wallet.balance).00", "--modem", modem)
            try #require(anchored.status == 0, "\(anchored.errors)")
        }
        try await gateway.register(customers)
    }

    /// Does one thing.
    func act() async throws {
        try mendTroubles()
        number += 1
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: pay()
        case 30..<42: try await payOverHTTP()
        case 42..<47: forge()
        case 47..<65: ask()
        case 65..<72: await dialMenu()
        case 72..<76: announce()
        case 76..<80: dialOut()
        case 80..<97: try strike()
        default: try kill()
        }
        if gateway.daemon?.isRunning != true { try gateway.start() }
        try await repeatNotices()
    }

    /// Ends all troubles, and waits until everything is decided and sent.
    func settle() async throws {
        for (_, trouble) in troubles { try trouble.mend() }
        troubles = [:]
        for modem in modems { modem.heal() }
        try await wait(for: "all payments and messages", atMost: .seconds(900)) {
            if gateway.daemon?.isRunning != true { try gateway.start() }
            try await repeatNotices()
            guard notices.isEmpty, let status = try? await gateway.status() else { return false }
            return status.payments["completed"] == ledger.credits.count
                && (status.outbox["queued"] ?? 0) + (status.outbox["sending"] ?? 0) == 0
                && modems.allSatisfy { $0.storedMessages == 0 }
        }
    }

    // MARK: What happens

    private func count(_ what: String) { ledger.counts[what, default: 0] += 1 }

    private func customer() -> (name: String, phone: String, serial: String) {
        customers[Int.random(in: customers.indices, using: &random)]
    }

    private func amount() -> Int { Int.random(in: 2...40, using: &random) * 500 }

    private func pay() {
        let (place, payer, amount) = (Int.random(in: 0...1, using: &random), customer(), amount())
        let (id, text) = wallets[place].receive(amount, from: payer.phone)
        ledger.credits[id] = .init(phone: payer.phone, amount: amount)
        modems[place].deliver(from: wallets[place].originator, text)
        count("payments by SMS")
    }

    private func forge() {
        let place = Int.random(in: 0...1, using: &random)
        let (id, text) = wallets[place].forge(amount(), from: customer().phone)
        ledger.forged.insert(id)
        modems[place].deliver(from: wallets[place].originator, text)
        count("forgeries")
    }

    private func payOverHTTP() async throws {
        if let again = acknowledged.randomElement(using: &random), Int.random(in: 0..<5, using: &random) == 0 {
            _ = try? await listening.post("/payments/mixx-tz", again)
            return count("repeated notices")
        }
        let (payer, amount, id) = (customer(), amount(), "BP\(100_000 + number)")
        ledger.credits[id] = .init(phone: payer.phone, amount: amount)
        let phone = String(payer.phone.dropFirst(4))
        let notice = ListenerUnderTest.mixxNotice(id, from: phone, amount: amount, reference: payer.serial)
        notices.append((id, notice))
        count("payments over HTTP")
    }

    /// As a wallet does, until it gets its answer.
    private func repeatNotices() async throws {
        for notice in notices {
            guard let answer = try? await listening.post("/payments/mixx-tz", notice.body), answer.0 == 200 else {
                return
            }
            #expect(answer.1.contains("<RESULT>TS</RESULT>"), "\(answer.1)")
            notices.removeAll { $0.id == notice.id }
            acknowledged.append(notice.body)
        }
    }

    /// Each text is different, so that none can pass for another.
    private func ask() {
        let words = ["FAULT no light since", "HELP where is my token", "BALANCE of", "habari, umeme umekatika tangu"]
        let text = "\(words[Int.random(in: words.indices, using: &random)]) \(number)"
        ledger.texts.insert(text)
        modems[Int.random(in: modems.indices, using: &random)].deliver(from: customer().phone, text)
        count("texts")
    }

    private func dialMenu() async {
        let path = ["", "1", "2", "4*2", "9*9"][Int.random(in: 0..<5, using: &random)]
        let phone = customer().phone.dropFirst()
        _ = try? await listening.post(
            "/ussd/africastalking?key=the-secret-word",
            "sessionId=AT_\(number)&serviceCode=*384*5%23&phoneNumber=%2B\(phone)&networkCode=64004&text=\(path)")
        count("menus")
    }

    private func announce() {
        let text = "No power on day \(number)."
        ledger.notices.insert(text)
        _ = try? gateway.command(
            "broadcast", "new", "--mini-grid", "Kisiwa", "--class", "service", "--text", text)
        count("broadcasts")
    }

    private func dialOut() {
        let gateway = gateway
        Thread.detachNewThread { _ = try? gateway.command("ussd", "send", "office", "*102#", "--seconds", "5") }
        count("USSD sessions")
    }

    private func strike() throws {
        let place = Int.random(in: modems.indices, using: &random)
        guard troubles[place] == nil, let fault = SoakFault.allCases.randomElement(using: &random) else { return }
        let mend = fault.strike(modems[place], &random)
        let length = Duration.milliseconds(Int.random(in: 100...15_000, using: &random))
        troubles[place] = (ContinuousClock.now + length, mend)
        count("faults")
    }

    private func mendTroubles() throws {
        for (place, trouble) in troubles where trouble.end < .now {
            try trouble.mend()
            troubles[place] = nil
        }
    }

    private func kill() throws {
        gateway.killHard()
        try gateway.start()
        count("kills")
    }
}
