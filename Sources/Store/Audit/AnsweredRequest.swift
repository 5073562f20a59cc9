/// The stored answer to a changing request. A repeated request gets the same answer and makes no second change.
package struct AnsweredRequest: Sendable, Hashable {
    /// A hash of the request.
    package var request: String
    package var status: Int
    package var body: String

    package init(request: String, status: Int, body: String) {
        self.request = request
        self.status = status
        self.body = body
    }
}
