import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A local server that answers every request with the same bytes and closes the connection.
package final class RawServer: Sendable {
    private let channel: any Channel
    private let bytes: NIOLockedValueBox<String>
    package let url: String

    /// Everything that was sent to the server.
    package var received: String { bytes.withLockedValue { $0 } }

    /// Starts the server on a free port.
    /// - Throws: a NIO error if the port cannot be bound.
    package init(_ answer: [UInt8]) async throws {
        let bytes = NIOLockedValueBox("")
        self.bytes = bytes
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(answer, bytes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    /// Stops accepting connections.
    /// - Throws: a NIO error if the server is already stopped.
    package func stop() async throws { try await channel.close() }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: [UInt8]
        private let bytes: NIOLockedValueBox<String>

        init(_ answer: [UInt8], _ bytes: NIOLockedValueBox<String>) {
            self.answer = answer
            self.bytes = bytes
        }

        private var request = ""

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            bytes.withLockedValue { $0 += text }
            request += text
            // The body may come later than the head.
            guard isComplete else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
            context.close(promise: nil)
        }

        private var isComplete: Bool {
            guard let head = request.firstRange(of: "\r\n\r\n") else { return false }
            let length = request[..<head.lowerBound].lowercased().split(separator: "\r\n")
                .first { $0.hasPrefix("content-length:") }?.split(separator: ":").last.flatMap {
                    Int(String($0).filter(\.isNumber))
                }
            return request[head.upperBound...].utf8.count >= length ?? 0
        }
    }
}
