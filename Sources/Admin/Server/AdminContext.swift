import Hummingbird
import NIOCore

/// The context of a request on the admin socket.
struct AdminContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The user ID of the client (SO_PEERCRED); `nil` if the kernel does not report it.
    func peer() async -> UInt32? {
        guard let options = channel as? any SocketOptionProvider else { return nil }
        let credentials: PeerCredentials? = try? await options.unsafeGetSocketOption(
            level: .init(rawValue: PeerCredentials.level), name: .init(rawValue: PeerCredentials.name)
        ).get()
        return credentials?.user
    }
}

/// Linux's `struct ucred`, which Swift's Glibc module does not export.
private struct PeerCredentials: Sendable {
    var process: Int32
    var user: UInt32
    var group: UInt32

    /// SOL_SOCKET and SO_PEERCRED.
    static let level: CInt = 1
    static let name: CInt = 17
}
