import Glibc

/// A range of IP addresses: `192.0.2.0/24`, `2001:db8::/32`, or one address.
package struct AddressRange: Sendable, Hashable {
    private let network: [UInt8]
    private let bits: Int

    /// `nil` if the text is no address or range.
    package init?(_ text: some StringProtocol) {
        let pieces = text.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let first = pieces.first, let network = Self.octets(String(first)) else { return nil }
        var bits = network.count * 8
        if pieces.count == 2 {
            guard let given = Int(pieces[1]), (0...bits).contains(given) else { return nil }
            bits = given
        }
        self.network = network
        self.bits = bits
    }

    package func contains(_ address: String) -> Bool {
        guard let octets = Self.octets(address), octets.count == network.count else { return false }
        for index in 0..<bits {
            let mask = UInt8(0x80) >> UInt8(index % 8)
            if (octets[index / 8] ^ network[index / 8]) & mask != 0 { return false }
        }
        return true
    }

    /// An IPv4 address in an IPv6 one (`::ffff:192.0.2.1`) is the IPv4 address.
    private static func octets(_ address: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: &four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, address, &six) == 1 else { return nil }
        let octets = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped = octets.prefix(10).allSatisfy { $0 == 0 } && octets[10] == 0xff && octets[11] == 0xff
        return isMapped ? Array(octets[12...]) : octets
    }
}
