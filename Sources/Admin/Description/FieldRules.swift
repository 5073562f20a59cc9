import Domain
import Gateway

/// What the fields of requests may hold, in one place for the description and for the server. A rule by its field's name holds
/// for every request; one with its type's name before it only there.
enum FieldRules {
    private static let rules: [String: Schema] = [
        "due": .ruled(.date), "deadline": .ruled(.date), "first_due": .ruled(.date),
        "price": .ruled(.money), "down_payment": .ruled(.money), "instalment_amount": .ruled(.money),
        "budget": .ruled(.money), "balance": .ruled(.money), "access_rate": .ruled(.money),
        "minimum_purchase": .ruled(.money), "price_per_kwh": .ruled(.price), "price_per_day": .ruled(.price),
        "Component.price": .ruled(.price),
        "priority": .words(of: TicketPriority.self), "colour": .words(of: CategoryColour.self),
        "interval": .words(of: PlanTerms.Interval.self), "class": .words(of: BroadcastClass.self),
        "device_kinds": .list(.words(of: DeviceKind.self)),
        "text": .ruled(.words(upTo: 2_000)), "task": .ruled(.words(upTo: 600)), "place": .ruled(.words(upTo: 120)),
        "reason": .ruled(.words(upTo: 300)), "TokenBody.reason": .ruled(.line(upTo: 200)),
        "reference": .ruled(.line(upTo: 60)), "name": .ruled(.line(upTo: 60)),
        "CategoryBody.name": .ruled(.line(upTo: 40)), "phone": .ruled(.phone),
        "phones": .list(.ruled(.phone)), "at": .ruled(.time), "since": .ruled(.time),
        "RejectBody.reason": .ruled(.line(upTo: 300)),
        "StatedReasonBody.reason": .ruled(.line(upTo: 300)),
        "serial": .ruled(.serial), "provider": .ruled(.wallet), "contractor_id": .number, "customer_id": .number,
        "message": .number, "assignee_id": .range(0...Int64.max),
        "instalments": .range(1...1_000), "access_period_days": .range(0...3_660),
        "remind_before_days": .range(0...60), "remind_after_days": .range(1...60),
        "code": .ruled(.line(upTo: 182)), "answer": .ruled(.line(upTo: 182)), "seconds": .range(1...60),
        "krn": .range(1...9), "ti": .range(0...99), "kt": .range(1...3),
    ]

    /// The rule of a place in a path.
    static func path(_ name: String) -> Schema {
        switch name {
        case "id", "session": .number
        case "serial": .ruled(.serial)
        case "wallet": .ruled(.wallet)
        case "number": .ruled(.smsc)
        case "kind": .words(of: ImportKind.self)
        default: .ruled(.words(upTo: 120))
        }
    }

    /// The rules of a request's type, laid over its shape.
    static func rule(_ named: Schema.Named) -> Schema.Named {
        Schema.Named(name: named.name, schema: rule(named.schema, in: named.name))
    }

    private static func rule(_ schema: Schema, in type: String) -> Schema {
        switch schema {
        case .object(let fields, _):
            .object(
                fields.map { field in
                    let own = rules["\(type).\(field.name)"] ?? rules[field.name]
                    let schema = own.flatMap { fits($0, field.schema) ? $0 : nil } ?? rule(field.schema, in: field.name)
                    return Schema.Field(name: field.name, schema: schema, isRequired: field.isRequired)
                }, isClosed: true)
        case .list(let item): .list(rule(item, in: type == "components" ? "Component" : type))
        default: schema
        }
    }

    /// Whether a rule is of the field's type.
    private static func fits(_ rule: Schema, _ schema: Schema) -> Bool {
        switch (rule, schema) {
        case (.ruled, .text), (.choice, .text), (.range, .integer): true
        case (.list(let rule), .list(let item)): fits(rule, item)
        default: false
        }
    }
}
