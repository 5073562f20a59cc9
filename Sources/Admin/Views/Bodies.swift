/// What changes take. Amounts are decimal texts in the company's currency, days are `YYYY-MM-DD`.
package struct NewTicketBody: Codable, Sendable {
    package var text: String
    package var category: String?
    package var priority: String?
    package var phone: String?
    package var customerId: Int64?
    package var assigneeId: Int64?
    package var due: String?
    /// Whether the text goes out as SMS; else it is a note.
    package var send: Bool?
    package init(text: String) { self.text = text }
}

package struct TextBody: Codable, Sendable {
    package var text: String
    package init(text: String) { self.text = text }
}

package struct TicketChangeBody: Codable, Sendable {
    package var category: String?
    package var priority: String?
    package var assigneeId: Int64?
    package var due: String?
    package init() {}
}

package struct CloseBody: Codable, Sendable {
    package var reason: String?
    /// Without an SMS to the other side.
    package var quiet: Bool?
    package init(reason: String?, quiet: Bool?) {
        self.reason = reason
        self.quiet = quiet
    }
}

package struct CategoryBody: Codable, Sendable {
    package var name: String
    package var colour: String
    package var outsourced: Bool?
    package init(name: String, colour: String, outsourced: Bool?) {
        self.name = name
        self.colour = colour
        self.outsourced = outsourced
    }
}

package struct NewJobBody: Codable, Sendable {
    package var contractorId: Int64
    package var task: String
    package var place: String?
    package var price: String?
    package var deadline: String?
    package var category: String?
    package var priority: String?
    package init(contractorId: Int64, task: String) {
        self.contractorId = contractorId
        self.task = task
    }
}

package struct ReasonBody: Codable, Sendable {
    package var reason: String?
    package init(reason: String?) { self.reason = reason }
}

package struct ReassignBody: Codable, Sendable {
    package var contractorId: Int64
    package var deadline: String?
    package init(contractorId: Int64, deadline: String?) {
        self.contractorId = contractorId
        self.deadline = deadline
    }
}

package struct PayBody: Codable, Sendable {
    package var reference: String?
    package init(reference: String?) { self.reference = reference }
}

package struct PersonBody: Codable, Sendable {
    package var name: String?
    package var phones: [String]?
    package var language: String?
    package var miniGrids: [String]?
    package init() {}
}

package struct BroadcastBody: Codable, Sendable {
    /// Places add up, values of one attribute too; places and attributes together narrow down.
    package struct AudienceBody: Codable, Sendable {
        package var clusters: [String]?
        package var miniGrids: [String]?
        package var villages: [String]?
        package var groups: [String]?
        package var types: [String]?
        package var deviceKinds: [String]?
        package var tariffs: [String]?
        package var customers: [Int64]?
        package var contractors: Bool?
        package var agents: Bool?
        package var all: Bool?
        package init() {}
    }

    package struct TextBody: Codable, Sendable {
        /// Two letters; everybody else when absent.
        package var language: String?
        package var text: String
        package init(language: String?, text: String) {
            self.language = language
            self.text = text
        }
    }

    package var audience: AudienceBody
    package var texts: [TextBody]
    package var `class`: String
    /// RFC 3339, or `YYYY-MM-DDTHH:MM` in the company's time.
    package var at: String?

    package init(audience: AudienceBody, texts: [TextBody], class: String, at: String?) {
        self.audience = audience
        self.texts = texts
        self.class = `class`
        self.at = at
    }
}
