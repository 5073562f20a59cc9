import Store
import Domain
import StrictTOML

/// Imports people and categories.
extension RegistryImport {
    func addPerson(
        _ role: PersonRole, _ row: ImportSheet.Row, _ seen: inout [String: Int], _ step: Step
    ) throws(RowFault) {
        let phones = try phones(row)
        for phone in phones {
            try row.unique(phone.e164, "the phone \(phone.e164)", &seen)
            if let other = try storing({ try step.people.person(role, phone: phone) }) {
                throw RowFault("the phone \(phone.e164) already belongs to \(role.rawValue) \(other.id)")
            }
        }
        let known = try storing { try step.audiences.names(.miniGrid) }
        let miniGrids = (row["mini_grids"] ?? "").split(separator: ";").map { String($0).trimmingSpaces }
        for name in miniGrids where !known.contains(name) {
            let near = NearestWord.hint(name, in: known)
            throw RowFault("there is no mini-grid '\(name)'\(near)")
        }
        let person = Person(
            role: role, name: try row.required("name", upTo: 60), language: try language(row), phones: phones,
            miniGrids: miniGrids)
        try storing { _ = try step.people.insert(person, at: step.now) }
    }

    func addCategory(_ row: ImportSheet.Row, _ seen: inout [String: Int], _ step: Step) throws(RowFault) {
        let name = try row.required("name", upTo: 40)
        try row.unique(name, "the category '\(name)'", &seen)
        guard try storing({ try step.tickets.category(named: name) }) == nil else {
            throw RowFault("there is already a category '\(name)'")
        }
        let colour = try row.required("colour")
        guard let known = CategoryColour(rawValue: colour) else {
            throw RowFault(
                "'\(colour)' is not a colour; use \(CategoryColour.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let category = Category(
            name: name, colour: known.rawValue, isOutsourced: try row.flag("outsourced"))
        try storing { try step.tickets.insert(category) }
    }
}
