import Domain

/// What became of a request, for its answer.
package enum NoticeResult: Sendable, Hashable {
    case decided(NoticeDecision)
    case looked(NoticeRefusal?)
    /// The decision on the notice that was asked about; `nil` if it never arrived.
    case known(NoticeDecision?)
    case nothing
    /// The database cannot be used now. The provider should repeat the request.
    case busy
}
