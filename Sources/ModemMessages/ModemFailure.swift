// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// Why a call failed, and what the daemon may do about it.
package struct ModemFailure: Codable, Sendable, Hashable, Error, CustomStringConvertible {
    package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case other
        /// The SIM asks for its PIN and none was sent. The process waits for the PIN.
        case pinNeeded
        /// The SIM refused the PIN, or the PIN was sent before and must not be sent again.
        case wrongPIN
        /// The SIM is not in the modem, or wants its PUK.
        case noSIM
        /// The device does not exist. The modem is unplugged, or starts.
        case noPort

        /// Whether the SIM cannot be used until an operator acts.
        package var isLock: Bool { self == .pinNeeded || self == .wrongPIN || self == .noSIM }
    }

    package var verdict: Verdict
    package var reason: String
    /// The CMS or CME error code, if there was one.
    package var code: Int?
    /// An operator must act: PIN, SIM or permissions.
    package var needsOperator: Bool
    package var kind: Kind

    package init(
        verdict: Verdict, reason: String, code: Int? = nil, needsOperator: Bool = false, kind: Kind = .other
    ) {
        self.verdict = verdict
        self.reason = reason
        self.code = code
        self.needsOperator = needsOperator
        self.kind = kind
    }

    package var description: String { code.map { "\(reason) (\($0))" } ?? reason }
}
