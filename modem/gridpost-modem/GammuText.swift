// SPDX-License-Identifier: GPL-2.0-or-later

/// libgammu's "Unicode": UTF-16, big-endian, NUL-terminated. Its own converters use the locale or a static buffer.
enum GammuText {
    /// Decodes up to the NUL or the end, or exactly `units` code units if a text may contain a NUL.
    static func decode(_ bytes: some Collection<UInt8>, units: Int? = nil) -> String {
        let bytes = Array(bytes)
        var codes: [UInt16] = []
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let code = UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
            if let units { if codes.count >= units { break } } else if code == 0 { break }
            codes.append(code)
        }
        return String(decoding: codes, as: UTF16.self)
    }

    /// Writes `text` with a NUL; returns `false` if it does not fit.
    static func write(_ text: String, to field: UnsafeMutableRawBufferPointer) -> Bool {
        var bytes: [UInt8] = []
        for unit in text.utf16 { bytes += [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)] }
        bytes += [0, 0]
        guard bytes.count <= field.count else { return false }
        field.copyBytes(from: bytes)
        return true
    }
}
