import Hummingbird
import NIOCore

/// The context of a request to the listener.
struct ListenerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }

    /// The address of the client, or of a proxy before it.
    var address: String { peer?.ipAddress ?? "" }
}
