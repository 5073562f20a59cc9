import Messages
import ModemMessages

extension RawDeliver {
    /// The originator in the form that decoded messages have: letters, or digits with a plus for international numbers;
    /// `nil` if the field has neither.
    package var originator: String? {
        guard addressLength > 0 else { return nil }
        if addressType & 0x70 == 0x50 {
            return GSMAlphabet.text(of: SeptetPacking.unpack(address, count: addressLength * 4 / 7))
        }
        let digits = address.flatMap { [$0 & 15, $0 >> 4] }.prefix(addressLength)
        guard digits.allSatisfy({ $0 < 10 }) else { return nil }
        return (addressType & 0x70 == 0x10 ? "+" : "") + digits.map { String($0) }.joined()
    }
}
