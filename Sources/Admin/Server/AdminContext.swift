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
