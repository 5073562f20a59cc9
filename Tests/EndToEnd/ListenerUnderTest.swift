import Foundation
import FoundationNetworking
import NIOCore
import NIOPosix
import TestSupport
import Testing

/// An installation whose listener for wallets and aggregators is on.
struct ListenerUnderTest: Sendable {
    let gateway: GatewayUnderTest
    let url: String

    /// The wallet that pays over HTTP in the tests.
    static let mixx = """
        [[http.payments]]
        driver = "mixx-tz"
        wallet = "mixx-tz"
        credentials = "MIXX"
        allow = ["127.0.0.1"]
        trusted = true

        """

    /// The aggregator that leads customers through the menus in the tests.
    static let aggregator = """
        [[http.ussd]]
        aggregator = "africastalking"
        secret = "USSD"

        """

    /// A notice of Mixx about a payment for a meter.
    static func mixxNotice(
        _ id: String, type: String = "SYNC_BILLPAY_REQUEST", from phone: String = "712000678", amount: Int = 10_000,
        reference: String = GatewayUnderTest.firstMeter
    ) -> String {
        """
        <COMMAND><TYPE>\(type)</TYPE><TXNID>\(id)</TXNID><MSISDN>\(phone)</MSISDN><AMOUNT>\(amount)</AMOUNT>\
        <COMPANYNAME>UMEME</COMPANYNAME><CUSTOMERREFERENCEID>\(reference)</CUSTOMERREFERENCEID></COMMAND>
        """
    }

    /// Runs `body` with an installation that is not started. In `tables` and `modemMore`, MIXX, VODACOM and USSD stand
    /// for the files of secrets.
    static func run(
        _ tables: String, modemMore: String = "", unproved: String = #"all = ["chain"]"#,
        _ body: (ListenerUnderTest) async throws -> Void
    ) async throws {
        let port = try await freePort()
        try await Fixtures.withFolder { secrets in
            func secret(_ name: String, _ text: String) -> String {
                let path = secrets.appendingPathComponent(name).path
                _ = FileManager.default.createFile(
                    atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
                return path
            }
            let mixx = secret("mixx.toml", "biller = \"UMEME\"\n")
            let vodacom = secret("vodacom.toml", "sp_id = \"338899\"\nsp_password = \"our-word\"\n")
            let ussd = secret("ussd", "the-secret-word\n")
            let http = """
                [http]
                listen = "127.0.0.1:\(port)"
                \(tables.replacing("MIXX", with: mixx).replacing("USSD", with: ussd).replacing("VODACOM", with: vodacom))
                """
            try await GatewayUnderTest.run(more: http, modemMore: modemMore, unproved: unproved) { gateway in
                try await body(ListenerUnderTest(gateway: gateway, url: "http://127.0.0.1:\(port)"))
            }
        }
    }

    /// A port that was free a moment ago.
    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        return channel.localAddress?.port ?? 0
    }

    /// Waits until the listener answers.
    func isListening() async throws {
        try await wait(for: "the listener") {
            (try? await URLSession.shared.data(from: try #require(URL(string: url + "/health")))) != nil
        }
    }

    func post(_ path: String, _ body: String, headers: [String: String] = [:]) async throws -> (Int, String) {
        var request = URLRequest(url: try #require(URL(string: url + path)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }
}
