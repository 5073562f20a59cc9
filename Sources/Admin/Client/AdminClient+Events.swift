import Foundation
import NIOCore
import NIOHTTP1

extension AdminClient {
    /// One event of the event stream (server-sent events).
    package struct ServerEvent: Sendable {
        package var id: String?
        package var kind = ""
        package var data = ""

        /// The event in a block of lines; `nil` if the block has no data, such as a comment that keeps the stream alive.
        init?(_ block: Data) {
            for line in String(decoding: block, as: UTF8.self).split(separator: "\n") {
                let pieces = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard pieces.count == 2 else { continue }
                switch pieces[0] {
                case "id": id = pieces[1]
                case "event": kind = pieces[1]
                case "data": data = pieces[1]
                default: continue
                }
            }
            if data.isEmpty { return nil }
        }
    }

    /// Passes each event to `body` until `body` returns `false` or the daemon ends the stream.
    /// - Throws: `Failure`, or an error of `body`.
    package func listen(_ address: String, _ body: (ServerEvent) async throws -> Bool) async throws {
        try await again(if: true) { try await stream(address, body) }
    }

    /// How far a stream has come, which decides what a broken connection means.
    private enum Progress {
        case unanswered, answered, ended
    }

    private func stream(_ address: String, _ body: (ServerEvent) async throws -> Bool) async throws {
        let channel = try await connect()
        var progress = Progress.unanswered
        do {
            try await channel.executeThenClose { inbound, outbound in
                let head = Self.head("GET", address, ["accept": "text/event-stream"])
                try await outbound.write(contentsOf: [.head(head), .end(nil)])
                var status: UInt = 0
                var rest = Data()
                for try await part in inbound {
                    switch part {
                    case .head(let head):
                        status = head.status.code
                        progress = .answered
                    case .body(let buffer):
                        rest.append(contentsOf: buffer.readableBytesView)
                        guard status == 200 else { continue }
                        while let end = rest.range(of: Data("\n\n".utf8)) {
                            let event = ServerEvent(rest[..<end.lowerBound])
                            rest.removeSubrange(..<end.upperBound)
                            guard let event, try await !body(event) else { continue }
                            progress = .ended
                            return
                        }
                    case .end:
                        if status != 200 { throw Self.refusal(Answer(status: status, body: rest)) }
                        progress = .ended
                        return
                    }
                }
            }
        } catch  where error is HTTPParserError || error is IOError || error is ChannelError {
            switch progress {
            case .unanswered: throw Unanswered(trouble: "the connection ended early: \(error)")
            case .answered:
                throw Failure.unreachable(path: path, reason: "the event stream was interrupted: \(error)")
            // The connection was closed from both sides at once.
            case .ended: return
            }
        }
    }
}
