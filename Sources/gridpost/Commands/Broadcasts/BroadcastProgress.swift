import Admin
import ArgumentParser

extension BroadcastCommand {
    struct Progress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Watch a broadcast until it ends.",
            discussion:
                "Example: gridpost broadcast progress 3. Shows a live bar on a terminal, otherwise one line per update."
        )

        @OptionGroup var broadcast: BroadcastArgument

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let bar = ProgressBar()
            func look() async throws -> BroadcastView {
                try await client.get(broadcast.address, as: BroadcastView.self).value
            }
            func isOver(_ broadcast: BroadcastView) -> Bool { ["done", "cancelled"].contains(broadcast.state) }
            let first = try await look()
            bar.show(first.counts, state: first.state)
            if !isOver(first) {
                try await client.listen("/v1/events") { serverEvent in
                    switch serverEvent.kind {
                    case "broadcast.progress":
                        let progress = try AdminClient.decode(BroadcastProgressView.self, serverEvent.data.utf8Data)
                        if progress.id == broadcast.number { bar.show(progress.counts, state: progress.state) }
                        return true
                    case "broadcast.changed":
                        let now = try await look()
                        bar.show(now.counts, state: now.state)
                        return !isOver(now)
                    default: return true
                    }
                }
            }
            bar.end()
            BroadcastDetail.show(try await look())
        }
    }
}
