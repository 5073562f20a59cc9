/// What decisions about payments take.
package struct DeviceBody: Codable, Sendable {
    package var serial: String?
    package init(serial: String?) { self.serial = serial }
}

package struct AssignBody: Codable, Sendable {
    package var serial: String
    package init(serial: String) { self.serial = serial }
}

package struct RejectBody: Codable, Sendable {
    package var reason: String
    /// Without an SMS to the payer.
    package var quiet: Bool?
    package init(reason: String, quiet: Bool?) {
        self.reason = reason
        self.quiet = quiet
    }
}

package struct RefundBody: Codable, Sendable {
    /// The provider's, of the money that was sent back.
    package var reference: String
    package init(reference: String) { self.reference = reference }
}

/// Where a reason must be given, for the record.
package struct StatedReasonBody: Codable, Sendable {
    package var reason: String
    package init(reason: String) { self.reason = reason }
}

package struct MoveBody: Codable, Sendable {
    package var serial: String
    /// A token that was sent already becomes a debt of its owner.
    package var charge: Bool?
    package init(serial: String, charge: Bool?) {
        self.serial = serial
        self.charge = charge
    }
}

package struct SettleBody: Codable, Sendable {
    /// None where the maker has charged the device over the air.
    package var token: String?
    package init(token: String?) { self.token = token }
}
