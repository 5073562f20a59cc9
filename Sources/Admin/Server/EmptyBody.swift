/// An empty request or response body.
package struct EmptyBody: Codable, Sendable {
    package init() {}
}
