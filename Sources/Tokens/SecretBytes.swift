import COpenSSL

/// Key bytes that cannot be printed and are wiped when the last reference is released.
package final class SecretBytes: Sendable, CustomStringConvertible, CustomReflectable {
    private let buffer: Storage

    package init(_ bytes: [UInt8]) { buffer = Storage(bytes) }

    /// Parses hexadecimal digits; returns `nil` for anything else.
    package convenience init?(hex: String) {
        guard let bytes = Hexadecimal.bytes(hex) else { return nil }
        self.init(bytes)
    }

    package var count: Int { buffer.count }

    /// Passes a copy of the bytes to `body` and wipes the copy afterwards.
    ///
    /// - Throws: the error that `body` throws.
    package func withBytes<Result, Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        var copy = buffer.copy()
        defer { copy.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
        return try body(copy)
    }

    package var description: String { "(secret)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The memory of the bytes: written once in `init`, wiped in `deinit`.
///
/// `@unchecked Sendable`: the memory is written only in `init` and `deinit`, while exactly one thread has the object;
/// in between it is only read.
private final class Storage: @unchecked Sendable {
    let count: Int
    private let memory: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        count = bytes.count
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        memory.copyBytes(from: bytes)
    }

    func copy() -> [UInt8] { Array(memory.prefix(count)) }

    deinit {
        OPENSSL_cleanse(memory.baseAddress, memory.count)
        memory.deallocate()
    }
}
