/// A request to a provider, after its notice was answered.
package struct NoticeReport: Sendable, Hashable {
    package var url: String
    package var type: String
    package var body: String
}
