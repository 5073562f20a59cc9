import Admin
import ArgumentParser

/// One change that a command asks the daemon for: its arguments, the request made of them and what is printed.
protocol Change: ParsableArguments {
    associatedtype Body: Encodable
    associatedtype Answer: Decodable & Sendable

    static var help: CommandConfiguration { get }

    /// The HTTP method; `POST` unless stated otherwise.
    static var method: String { get }

    /// The path in the API.
    var address: String { get }

    /// The request's body. Throws `ValidationError` if an argument has the wrong form.
    var body: Body { get throws }

    /// Prints the outcome for a reader; with `--json` the answer itself is printed instead.
    func show(_ answer: Answer)
}

extension Change { static var method: String { "POST" } }

extension Change where Body == EmptyBody { var body: EmptyBody { EmptyBody() } }

/// A step on one record: a change at a path below the record's own.
protocol RecordStep: Change {
    associatedtype Record: RecordArgument

    /// The last part of the path, such as `close`.
    static var step: String { get }
    var record: Record { get }
}

extension RecordStep { var address: String { "\(record.address)/\(Self.step)" } }

extension RecordStep where Answer == Record.View {
    func show(_ answer: Answer) { Record.show(answer) }
}

/// Makes one change: `gridpost tickets close 12`.
struct ChangeCommand<Order: Change>: AsyncParsableCommand {
    static var configuration: CommandConfiguration { Order.help }

    @OptionGroup var order: Order
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.change(
            order.address, order.body, method: Order.method, as: Order.Answer.self, order.show)
    }
}
