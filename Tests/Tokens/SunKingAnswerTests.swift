import Foundation
import Testing

@testable import Tokens

@Suite("Responses of Sun King's service")
struct SunKingAnswerTests {
    @Test(
        "an access token is used until a minute before it expires, and for at most a day",
        arguments: [
            ("3600", 3_540), ("60", 0), ("0", 0), ("-1", 0), ("-9223372036854775808", 0),
            ("9223372036854775807", 86_340), ("null", 240),
        ])
    func lifetime(seconds: String, used: Int) throws {
        let body = #"{"access_token":"abc","expires_in":\#(seconds)}"#
        let access = try #require(SunKingAPI.access(.init(status: 200, body: Data(body.utf8))))
        #expect(access.token == "abc" && access.seconds == used)
    }
}
