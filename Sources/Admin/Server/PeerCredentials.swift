/// Linux's `struct ucred`, which Swift's Glibc module does not export.
struct PeerCredentials: Sendable {
    var process: Int32
    var user: UInt32
    var group: UInt32

    /// SOL_SOCKET and SO_PEERCRED.
    static let level: CInt = 1
    static let name: CInt = 17
}
