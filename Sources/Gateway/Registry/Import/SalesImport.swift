import Messages
import Domain
import Store
import StrictTOML

/// Imports appliances and sales.
extension RegistryImport {
    func addAppliance(
        _ row: ImportSheet.Row, _ seen: inout [String: Int], _ step: Step
    ) throws(RowFault) {
        let name = try row.required("name", upTo: 60)
        try row.unique(name, "the appliance '\(name)'", &seen)
        guard try storing({ try step.appliances.appliance(named: name) }) == nil else {
            throw RowFault("there is already an appliance '\(name)'")
        }
        _ = try row.required("price")
        guard let price = try row.money("price", step.company.currency), price.isPositive else {
            throw RowFault("'price' must be more than 0")
        }
        let appliance = Appliance(
            name: name, price: price, remindBefore: try row.integer("remind_before_days", 0...60),
            remindAfter: try row.integer("remind_after_days", 1...60))
        _ = try storing { try step.appliances.insert(appliance, at: step.now) }
    }

    /// `plans` maps each device serial to the earlier line of the file with a plan for it.
    func checkSale(
        _ row: ImportSheet.Row, _ plans: inout [String: Int], _ step: Step
    ) throws(RowFault) -> StagedSale {
        let device = try saleDevice(row, step)
        var order = SalesDesk.Order(
            customer: try saleCustomer(row, device, step), appliance: try appliance(row, step),
            terms: try terms(row))
        order.device = device
        order.price = try row.money("price", step.company.currency)
        order.downPayment = try row.money("down_payment", step.company.currency) ?? .zero
        if let device { try row.unique(device.serial.text, "a plan for \(device.serial.text)", &plans) }
        let wanted = order
        do {
            let (sale, instalments) = try SalesDesk(gateway).check(wanted, step)
            return StagedSale(line: row.line, sale: sale, instalments: instalments)
        } catch let refusal as SalesDesk.Refusal {
            throw RowFault("\(refusal)")
        } catch {
            throw RowFault(storing: error)
        }
    }

    private func saleDevice(_ row: ImportSheet.Row, _ step: Step) throws(RowFault) -> Device? {
        guard let typed = row["serial"] else { return nil }
        guard let serial = Serial(typed), let device = try storing({ try step.registry.device(serial: serial) })
        else { throw RowFault("there is no device '\(typed)'") }
        return device
    }

    private func saleCustomer(_ row: ImportSheet.Row, _ device: Device?, _ step: Step) throws(RowFault)
        -> CustomerID
    {
        guard let typed = row["phone"] else {
            guard let device else { throw RowFault("a sale needs a 'phone' or a 'serial'") }
            return device.customer
        }
        guard let phone = step.company.country.plan.phone(typed) else {
            throw RowFault("'\(typed)' is not a phone number of \(step.company.country.name)")
        }
        let customers = try storing { try step.registry.customers(phone: phone) }
        if let device, customers.contains(where: { $0.id == device.customer }) { return device.customer }
        guard let only = customers.first, customers.count == 1 else {
            throw RowFault(
                customers.isEmpty
                    ? "no customer has the phone \(phone.e164)"
                    : "\(customers.count) customers share the phone \(phone.e164); also give a 'serial'")
        }
        return only.id
    }

    private func appliance(_ row: ImportSheet.Row, _ step: Step) throws(RowFault) -> Appliance {
        let name = try row.required("appliance", upTo: 60)
        guard let appliance = try storing({ try step.appliances.appliance(named: name) }) else {
            let known = try storing { try step.appliances.all().map(\.name) }
            throw RowFault("there is no appliance '\(name)'\(NearestWord.hint(name, in: known))")
        }
        return appliance
    }

    private func terms(_ row: ImportSheet.Row) throws(RowFault) -> PlanTerms {
        let word = try row.required("interval").lowercased()
        guard let interval = PlanTerms.Interval(rawValue: word) else {
            throw RowFault("'interval' must be weekly or monthly, not '\(word)'")
        }
        _ = try row.required("first_due")
        guard let first = try row.date("first_due") else { throw RowFault("'first_due' is empty") }
        let count = try row.integer("instalments", 0...100_000)
        let amount = try row.money("instalment_amount", gateway.company.currency)
        switch (count, amount) {
        case (let count?, nil): return PlanTerms(.count(count), interval, from: first)
        case (nil, let amount?): return PlanTerms(.amount(amount), interval, from: first)
        default: throw RowFault("give either 'instalments' or 'instalment_amount'")
        }
    }
}
