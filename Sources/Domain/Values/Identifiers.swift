/// The id of a database row. `Kind` keeps the id of a payment from being used for a device.
package struct Identifier<Kind>: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    /// Decodes an integer.
    /// - Throws: `DecodingError` if the value is not an integer.
    package init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Encodes the integer.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
    package var description: String { String(number) }
}

package typealias CustomerID = Identifier<IdentifierKind.Customer>
package typealias DeviceID = Identifier<IdentifierKind.Device>
package typealias InstalmentID = Identifier<IdentifierKind.Instalment>
package typealias AccessDebtID = Identifier<IdentifierKind.AccessDebt>
package typealias PaymentID = Identifier<IdentifierKind.Payment>
package typealias InboxMessageID = Identifier<IdentifierKind.InboxMessage>
package typealias OutboxMessageID = Identifier<IdentifierKind.OutboxMessage>
package typealias TokenID = Identifier<IdentifierKind.Token>
package typealias QuestionID = Identifier<IdentifierKind.Question>
package typealias TicketID = Identifier<IdentifierKind.Ticket>
package typealias EntryID = Identifier<IdentifierKind.Entry>
package typealias PersonID = Identifier<IdentifierKind.Person>
package typealias PayoutID = Identifier<IdentifierKind.Payout>
package typealias BroadcastID = Identifier<IdentifierKind.Broadcast>
package typealias AlertID = Identifier<IdentifierKind.Alert>
package typealias ApplianceID = Identifier<IdentifierKind.Appliance>
package typealias SaleID = Identifier<IdentifierKind.Sale>
package typealias ServicePlanID = Identifier<IdentifierKind.ServicePlan>
package typealias VendorTokenID = Identifier<IdentifierKind.TokenRequest>
package typealias KeyChangeID = Identifier<IdentifierKind.KeyChange>
