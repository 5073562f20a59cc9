import Domain
import Gateway
import Messages

/// What a driver needs to know about its wallet and the company.
package struct NoticeSettings: Sendable {
    package var wallet: String
    package var secrets: [String: String]
    /// The company says that address and credentials prove a notice.
    package var isTrusted: Bool
    /// Where the result of a notice is reported, for drivers that report one.
    package var reportURL: String?
    package var currency: Currency
    package var plan: NumberPlan
    package var calendar: CompanyCalendar

    package init(
        wallet: String, secrets: [String: String], isTrusted: Bool, reportURL: String?, currency: Currency,
        plan: NumberPlan, calendar: CompanyCalendar
    ) {
        self.wallet = wallet
        self.secrets = secrets
        self.isTrusted = isTrusted
        self.reportURL = reportURL
        self.currency = currency
        self.plan = plan
        self.calendar = calendar
    }
}

/// Reads the payment notices of one provider, proves where they come from, and words the answers.
package protocol NoticeDriver: Sendable {
    var kind: NoticeDriverKind { get }
    var settings: NoticeSettings { get }

    /// Reads a request.
    /// - Throws: `NoticeFault` if it cannot be read or is not the provider's.
    func read(_ call: Call, at now: Timestamp) throws(NoticeFault) -> NoticeRequest

    /// The answer to a request that was read.
    func answer(_ request: NoticeRequest, _ result: NoticeResult) -> Reply

    /// The report of the decision to send after the answer; `nil` if there is none.
    func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport?

    /// Whether the provider's answer to a report, of a good status, says that it was taken.
    func isTaken(_ answer: [UInt8]) -> Bool
}

extension NoticeDriver {
    package func report(_ notice: StoredNotice, at now: Timestamp) -> NoticeReport? { nil }
    package func isTaken(_ answer: [UInt8]) -> Bool { true }

    func secret(_ name: String) -> String { settings.secrets[name] ?? "" }
}

/// What a provider's request asks.
package enum NoticeRequest: Sendable {
    /// The payer has paid, or pays if the answer accepts it. `evidence` is kept: the fields without secrets.
    case pay(PaymentNotice, evidence: String)
    /// Whether a payment would be accepted. The amount is zero if it is not said.
    case look(PaymentNotice)
    /// What became of an earlier notice.
    case enquire(id: String, PaymentNotice?)
    /// Something that is no payment, such as a failed one; it is answered and nothing is done.
    case nothing(about: String)
}

package enum NoticeResult: Sendable, Hashable {
    case decided(NoticeDecision)
    case looked(NoticeRefusal?)
    /// The decision on the notice that was asked about; `nil` if it never arrived.
    case known(NoticeDecision?)
    case nothing
    /// The database cannot be used now. The provider should repeat the request.
    case busy
}

/// Why a request is refused before it counts.
package enum NoticeFault: String, Error, Sendable, CaseIterable {
    /// It is not in the provider's form.
    case malformed
    /// Signature, password or token are wrong.
    case unproven
    /// It was signed too long ago.
    case expired
    case wrongAddress = "wrong_address"
    case tooLarge = "too_large"
    case tooMany = "too_many"
    case unknownRoute = "unknown_route"

    var status: Int {
        switch self {
        case .malformed: 400
        case .unproven, .expired: 401
        case .wrongAddress: 403
        case .tooLarge: 413
        case .tooMany: 429
        case .unknownRoute: 404
        }
    }
}

/// A request to a provider, after its notice was answered.
package struct NoticeReport: Sendable, Hashable {
    package var url: String
    package var type: String
    package var body: String
}
