import Domain
import Foundation
import Gateway
import Messages
import TestSupport
import Tokens

/// What computes alone: reading texts, dividing money, making tokens. Per core.
enum PureBenchmarks {
    private struct CorpusText: Decodable {
        let senderId: String
        let country: String
        let text: String
    }

    static func reading() throws -> Figure {
        let library = try BenchmarkGateway.library.get()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let texts = try decoder.decode([CorpusText].self, from: try Fixtures.data("sms.json"))
            .compactMap { text in
                library.countries[text.country].map { (text, Originator(text.senderId, plan: $0.plan)) }
            }
        let rate = Benchmark.perSecond { number in
            let (text, originator) = texts[number % texts.count]
            _ = library.reader.read(from: originator, raw: text.senderId, text: text.text, country: text.country)
        }
        return Figure(name: "reading wallets' texts, all shipped formats on", value: rate, unit: "texts/s")
    }

    static func people() throws -> Figure {
        let library = try BenchmarkGateway.library.get()
        let texts = [
            "balance", "umeme umekatika tangu asubuhi", "token yangu haifanyi kazi", "STOP",
            "Je crois que le compteur est faux",
        ]
        let rate = Benchmark.perSecond { _ = library.people.read(texts[$0 % texts.count]) }
        return Figure(name: "reading people's texts, four languages", value: rate, unit: "texts/s")
    }

    static func waterfall() throws -> Figure {
        let price = Price(decimal: "250")
        guard let currency = Currency(code: "TZS"), let price else { throw CocoaError(.featureUnsupported) }
        let overdue = (1...3).map {
            OpenInstalment(
                id: InstalmentID(Int64($0)), due: CalendarDate(daysSince1970: 20_000 + $0),
                outstanding: Money(minor: 30_000))
        }
        let rate = Benchmark.perSecond { number in
            _ = Waterfall(
                amount: Money(minor: Int64(100_000 + number % 1_000)), credit: Money(minor: 50), overdue: overdue,
                accessDebts: [], device: DeviceID(1), terms: .meter(price: price, minimumPurchase: .zero),
                currency: currency
            ).divide()
        }
        return Figure(name: "dividing a payment (waterfall)", value: rate, unit: "payments/s")
    }

    static func tokens() throws -> Figure {
        let issuer = try BenchmarkGateway.issuer()
        guard let serial = Serial("01450000011") else { throw CocoaError(.featureUnsupported) }
        var device = Device(
            kind: .meter, serial: serial, manufacturer: nil, token: "sts", tariff: nil,
            meterKey: MeterKeyParameters(
                supplyGroup: "201457", keyRevision: 1, keyType: 2, tariffIndex: 1, algorithm: 11, baseDate: 2014),
            paygo: nil)
        device.id = DeviceID(1)
        let meter = device
        let now = SystemClock().now
        let rate = try Benchmark.perSecond { number in
            _ = try issuer.issue(
                .energy(Energy(tenths: Int64(number % 1_000 + 1))), for: meter,
                at: now.adding(.seconds(60 * Int64(number))))
        }
        return Figure(name: "making STS tokens (DKGA04, EA11), key derived each time", value: rate, unit: "tokens/s")
    }
}
