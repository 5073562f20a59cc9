import Domain
import Store

package struct ReplayBody: Codable, Sendable {
    package var message: Int64?
    /// RFC 3339.
    package var since: String?
    /// Only tells what would be read otherwise.
    package var dryRun: Bool?

    package init(message: Int64?, since: String?, dryRun: Bool?) {
        self.message = message
        self.since = since
        self.dryRun = dryRun
    }
}
