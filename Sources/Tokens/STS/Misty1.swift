/// MISTY1 (RFC 2994), used by STS as EA11: 64-bit blocks, 128-bit key, 8 rounds.
struct Misty1: BlockCipher {
    private let key: SecretBytes

    init(key: SecretBytes) { self.key = key }

    func encrypt(_ block: UInt64) -> UInt64 {
        let schedule = Schedule(key)
        var a = UInt32(block >> 32)
        var b = UInt32(truncatingIfNeeded: block)
        for round in stride(from: 0, to: 8, by: 2) {
            a = schedule.fl(a, round)
            b = schedule.fl(b, round + 1)
            b ^= schedule.fo(a, round)
            a ^= schedule.fo(b, round + 1)
        }
        a = schedule.fl(a, 8)
        b = schedule.fl(b, 9)
        return UInt64(b) << 32 | UInt64(a)
    }

    func decrypt(_ block: UInt64) -> UInt64 {
        let schedule = Schedule(key)
        var b = UInt32(block >> 32)
        var a = UInt32(truncatingIfNeeded: block)
        a = schedule.flInverse(a, 8)
        b = schedule.flInverse(b, 9)
        for round in stride(from: 6, through: 0, by: -2) {
            a ^= schedule.fo(b, round + 1)
            b ^= schedule.fo(a, round)
            a = schedule.flInverse(a, round)
            b = schedule.flInverse(b, round + 1)
        }
        return UInt64(a) << 32 | UInt64(b)
    }
}

/// The expanded key, and the functions that use it; indices are modulo 8.
private struct Schedule {
    private var k: [UInt32] = []
    private var derived: [UInt32] = []

    init(_ key: SecretBytes) {
        key.withBytes { bytes in
            k = stride(from: 0, to: 16, by: 2).map { UInt32(bytes[$0]) << 8 | UInt32(bytes[$0 + 1]) }
        }
        derived = (0..<8).map { Self.fi(k[$0], k[($0 + 1) % 8]) }
    }

    private func key(_ index: Int) -> UInt32 { k[index % 8] }
    private func derived(_ index: Int) -> UInt32 { derived[index % 8] }

    private static func fi(_ x: UInt32, _ key: UInt32) -> UInt32 {
        var d9 = x >> 7
        var d7 = x & 0x7f
        d9 = Misty1Tables.s9[Int(d9)] ^ d7
        d7 = Misty1Tables.s7[Int(d7)] ^ (d9 & 0x7f)
        d7 ^= key >> 9
        d9 ^= key & 0x1ff
        d9 = Misty1Tables.s9[Int(d9)] ^ d7
        return d7 << 9 | d9
    }

    func fo(_ x: UInt32, _ i: Int) -> UInt32 {
        var a = x >> 16
        var b = x & 0xffff
        a = Self.fi(a ^ key(i), derived(i + 5)) ^ b
        b = Self.fi(b ^ key(i + 2), derived(i + 1)) ^ a
        a = Self.fi(a ^ key(i + 7), derived(i + 3)) ^ b
        b ^= key(i + 4)
        return b << 16 | a
    }

    func fl(_ x: UInt32, _ i: Int) -> UInt32 {
        var high = x >> 16
        var low = x & 0xffff
        if i.isMultiple(of: 2) {
            low ^= high & key(i / 2)
            high ^= low | derived(i / 2 + 6)
        } else {
            low ^= high & derived((i - 1) / 2 + 2)
            high ^= low | key((i - 1) / 2 + 4)
        }
        return high << 16 | low
    }

    func flInverse(_ x: UInt32, _ i: Int) -> UInt32 {
        var high = x >> 16
        var low = x & 0xffff
        if i.isMultiple(of: 2) {
            high ^= low | derived(i / 2 + 6)
            low ^= high & key(i / 2)
        } else {
            high ^= low | key((i - 1) / 2 + 4)
            low ^= high & derived((i - 1) / 2 + 2)
        }
        return high << 16 | low
    }
}
