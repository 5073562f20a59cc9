/// A cipher of 64-bit blocks.
package protocol BlockCipher: Sendable {
    func encrypt(_ block: UInt64) -> UInt64
    func decrypt(_ block: UInt64) -> UInt64
}
