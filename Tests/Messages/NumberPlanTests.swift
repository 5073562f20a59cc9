import Domain
import Testing

@testable import Messages

@Suite("Phone numbers of all countries")
struct NumberPlanTests {
    @Test(
        "all typed forms of a number are the same phone number",
        arguments: [
            (
                "TZ", "+255712000678",
                [
                    "0712000678", "712000678", "255712000678", "+255 0712 000 678", "00255712000678", "0712-000-678",
                    "(0712) 000.678",
                ]
            ),
            ("CI", "+2250709000973", ["0709000973", "2250709000973", "+225 07 09 00 09 73"]),
            ("MZ", "+258841000567", ["841000567", "258841000567", "00258 84 100 0567"]),
            ("BJ", "+2290197000991", ["0197000991", "97000991", "+229 97 00 09 91", "22997000991"]),
            ("GA", "+24177000321", ["077000321", "77000321", "24177000321"]),
            ("SN", "+221771230067", ["77 123 00 67", "221771230067"]),
            ("LS", "+26650000222", ["266 50 000 222", "50000222"]),
            ("BD", "+8801712000678", ["01712000678", "8801712000678"]),
        ])
    func forms(country: String, phone: String, typed: [String]) throws {
        let plan = try #require(shipped.countries[country]).plan
        for form in typed { #expect(plan.phone(form)?.e164 == phone, "\(form)") }
    }

    @Test("every country of the corpus has its own number plan, networks and currency")
    func complete() {
        for text in CorpusText.all { #expect(shipped.countries[text.country] != nil, "\(text.country)") }
        for country in shipped.countries.values {
            #expect(!country.plan.mobilePrefixes.isEmpty && !country.plan.lengths.isEmpty, "\(country.code)")
            let codes = shipped.countries.values.filter { $0.plan.countryCode == country.plan.countryCode }
            #expect(codes.count == 1, "\(country.code)")
            for (prefix, network) in country.plan.mobilePrefixes {
                #expect(
                    !network.isEmpty && country.plan.lengths.contains { $0 > prefix.count }, "\(country.code) \(prefix)"
                )
            }
        }
    }

    @Test("names and short codes are not phone numbers", arguments: ["M-PESA", "127", "+454", "199", "15000"])
    func noPhones(originator: String) throws {
        for country in shipped.countries.values { #expect(Originator(originator, plan: country.plan).phone == nil) }
    }
}
