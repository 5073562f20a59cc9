import Domain
import TestSupport
import Testing

@Suite("Money, phones, serials, dates and prices")
struct ValueTests {
    private let tanzania = NumberPlan(
        country: "TZ", countryCode: "255", trunkPrefix: "0", lengths: [9],
        mobilePrefixes: ["75": "vodacom", "71": "yas"])

    @Test("money is parsed exactly, and inexact or malformed amounts are rejected")
    func money() throws {
        let tzs = try #require(Currency(code: "TZS"))
        #expect(Money(decimal: "12500.5", in: tzs)?.minor == 1_250_050)
        #expect(Money(decimal: "12500.500", in: tzs)?.minor == 1_250_050)
        for wrong in [
            "12500.505", "1e5", "", ".5", "5.", "1,000", "10000000000000.01", "1000000000000000000000000000000", "abc",
            "--1",
        ] {
            #expect(Money(decimal: wrong, in: tzs) == nil, "\(wrong)")
        }
        #expect(Money(minor: 125_000_050).display(in: tzs) == "1,250,000.50")
        #expect(Money(minor: -100_000).display(in: tzs) == "-1,000")
        #expect(Currency(code: "XYZ") == nil)
    }

    @Test(
        "all ways to type a phone number give the same number",
        arguments: [
            "0712000678", "712000678", "255712000678", "+255712000678", "+255 0712 000 678", "00255712000678",
            "0712-000.678",
        ])
    func phones(typed: String) { #expect(tanzania.phone(typed)?.e164 == "+255712000678") }

    @Test(
        "text that is not a phone number is rejected",
        arguments: ["", "12", "07120006789", "071200067", "phone", "+", "0712 000 67x", "+25571200067"])
    func noPhones(typed: String) { #expect(tanzania.phone(typed) == nil) }

    @Test("an originator's kind is decided before normalisation, and names are not changed")
    func originators() {
        #expect(Originator("M-PESA", plan: tanzania) == .alphanumeric("M-PESA"))
        #expect(Originator("15000", plan: tanzania) == .shortCode("15000"))
        #expect(Originator("0712000678", plan: tanzania).phone?.e164 == "+255712000678")
        #expect(Originator("M-PESA ", plan: tanzania) == .alphanumeric("M-PESA "))
    }

    @Test("a serial is found anywhere in a payment reference")
    func serials() throws {
        let wanted = try #require(Serial("04512233"))
        for text in ["0451 2233", "mita 0451-2233 tafadhali", "mita04512233", "METER:04512233.", "  04512233  "] {
            #expect(Serial.candidates(in: text).contains(wanted), "\(text)")
        }
        #expect(!Serial.candidates(in: "10451223399").contains(wanted))
        #expect(Serial("shs-b-0001")?.text == "SHSB0001")
    }

    @Test("dates convert to day numbers and back")
    func dates() throws {
        #expect(CalendarDate(year: 2026, month: 2, day: 29) == nil)
        #expect(CalendarDate("1970-01-01")?.daysSince1970 == 0)
        let leap = try #require(CalendarDate("2024-02-29"))
        #expect(leap.adding(days: 366).description == "2025-03-01")
        for number in stride(from: -40_000, through: 60_000, by: 137) {
            let date = CalendarDate(daysSince1970: number)
            #expect(date.daysSince1970 == number)
            #expect(CalendarDate(date.description) == date)
        }
        #expect(Timestamp(seconds: 1_782_000_005).rfc3339 == "2026-06-21T00:00:05Z")
    }

    @Test("phone numbers and tokens are masked")
    func masks() {
        #expect(Masked.phone("+255712000678") == "+255*******78")
        #expect(Masked.phone("M-PESA") == "M-PESA")
        #expect(Masked.token("12345678901234567890") == "****************7890")
    }

    @Test("energy costs at most the money it was computed from, and 0.1 kWh more would cost more")
    func prices() throws {
        var random = SeededGenerator(seed: 5)
        let tzs = try #require(Currency(code: "TZS"))
        for _ in 0..<5_000 {
            let price = Price(tenThousandths: Int64.random(in: 1...50_000_000, using: &random))
            let money = Money(minor: Int64.random(in: 0...100_000_000, using: &random))
            let energy = price.energy(for: money, in: tzs)
            #expect(price.cost(of: energy, in: tzs) <= money)
            #expect(price.cost(of: Energy(tenths: energy.tenths + 1), in: tzs) > money)
        }
    }
}
