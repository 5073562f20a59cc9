/// A kind of record that can be imported, and its columns.
package enum ImportKind: String, Sendable, CaseIterable {
    case tariffs
    case customers
    case appliances
    case sales
    case contractors
    case agents
    case staff
    case categories

    package struct Column: Sendable, Hashable {
        package let name: String
        package let isRequired: Bool
        package let meaning: String

        init(_ name: String, required: Bool = false, _ meaning: String) {
            self.name = name
            isRequired = required
            self.meaning = meaning
        }
    }

    package var columns: [Column] {
        switch self {
        case .tariffs:
            [
                Column("name", required: true, "unique name of the tariff"),
                Column("price_per_kwh", required: true, "base price per kWh, up to 4 decimals"),
                Column("access_rate", "subscription fee per period"),
                Column("access_period_days", "length of the period in days; required with access_rate"),
                Column("minimum_purchase", "minimum purchase"),
                Column("components", "added to the base price: name=price;name=price"),
            ]
        case .customers:
            [
                Column("name", required: true, "first name"),
                Column("surname", "family name"),
                Column("phone", required: true, "one or more phone numbers, separated by semicolons"),
                Column("language", "two letters; default: the company's first language"),
                Column("cluster", required: true, "created if it does not exist"),
                Column("mini_grid", required: true, "created if it does not exist"),
                Column("village", required: true, "created if it does not exist"),
                Column("connection_group", "free text, for tariffs, reports and broadcasts"),
                Column("connection_type", "free text, for tariffs, reports and broadcasts"),
                Column("device_kind", required: true, "meter, shs or e-bike"),
                Column("serial", required: true, "serial of the device, unique in the company"),
                Column("manufacturer", "manufacturer of the device"),
                Column("tariff", "name of a tariff; required for a meter"),
                Column("token", "sts, openpaygo or the id of a vendor; default: sts for a meter, else openpaygo"),
                Column("sgc", "supply group code, 6 digits; default: that of the loaded key if only one is loaded"),
                Column("krn", "key revision number, 1 to 9"),
                Column("ti", "tariff index, 0 to 99; default: 1"),
                Column("ea", "encryption algorithm, 7 or 11; default: that of the key"),
                Column("base_date", "1993, 2014 or 2035; default: that of the key"),
                Column("kt", "key type; default: 2"),
                Column("paygo_key", "OpenPAYGO key, 32 hexadecimal digits"),
                Column("paygo_start", "OpenPAYGO starting code"),
                Column("paygo_count", "OpenPAYGO count; default: 0"),
                Column("paygo_divider", "OpenPAYGO units per day; default: 1"),
                Column("paygo_restricted", "yes for a keypad that has only the keys 1 to 4"),
                Column("paygo_extended", "yes for 12-digit codes"),
                Column("price_per_day", "energy as a service: price per day; for shs and e-bike"),
            ]
        case .appliances:
            [
                Column("name", required: true, "unique name of the appliance"),
                Column("price", required: true, "list price"),
                Column("remind_before_days", "days before an instalment is due; no reminder if empty"),
                Column("remind_after_days", "days after an instalment was due; no reminder if empty"),
            ]
        case .sales:
            [
                Column("phone", "phone number of the customer; default: the owner of the device"),
                Column("serial", "the device that the payment plan is for (shs or e-bike)"),
                Column("appliance", required: true, "name of an appliance"),
                Column("price", "default: the list price"),
                Column("down_payment", "cash paid at once; default: 0"),
                Column("instalments", "number of instalments; give this or instalment_amount"),
                Column("instalment_amount", "amount of each instalment; give this or instalments"),
                Column("interval", required: true, "weekly or monthly"),
                Column("first_due", required: true, "due date of the first instalment, YYYY-MM-DD"),
            ]
        case .contractors, .agents, .staff:
            [
                Column("name", required: true, "name of the person"),
                Column("phone", required: true, "one or more phone numbers, separated by semicolons"),
                Column("language", "two letters; default: the company's first language"),
                Column("mini_grids", "names of mini-grids, separated by semicolons; all if empty"),
            ]
        case .categories:
            [
                Column("name", required: true, "unique name of the category"),
                Column("colour", required: true, "red, yellow, green, cyan, blue, magenta or white"),
                Column("outsourced", "yes if its tickets are jobs for contractors"),
            ]
        }
    }
}
