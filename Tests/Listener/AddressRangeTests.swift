import Listener
import Testing

@Suite("Ranges of addresses")
struct AddressRangeTests {
    @Test(
        "an address is in a range or not",
        arguments: [
            ("192.0.2.0/24", "192.0.2.77", true), ("192.0.2.0/24", "192.0.3.1", false),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false), ("0.0.0.0/0", "203.0.113.9", true),
            ("2001:db8::/32", "2001:db8:1::5", true), ("2001:db8::/32", "2001:db9::5", false),
            ("192.0.2.0/24", "::ffff:192.0.2.4", true), ("192.0.2.0/24", "2001:db8::1", false),
            ("192.0.2.0/24", "", false), ("10.0.0.0/9", "10.127.255.255", true), ("10.0.0.0/9", "10.128.0.0", false),
        ])
    func contains(range: String, address: String, isIn: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test("what is no range is refused", arguments: ["", "office", "192.0.2.0/33", "192.0.2/24", "1.2.3.4/", "::/129"])
    func refused(text: String) { #expect(AddressRange(text) == nil) }
}
