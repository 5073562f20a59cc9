/// What can be imported, and its columns.
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
                Column("name", required: true, "the tariff's name, unique"),
                Column("price_per_kwh", required: true, "base price of a kWh, up to 4 decimals"),
                Column("access_rate", "subscription fee of a period"),
                Column("access_period_days", "days of the period; needed with access_rate"),
                Column("minimum_purchase", "the least sum that buys"),
                Column("components", "added to the base price: name=price;name=price"),
            ]
        case .customers:
            [
                Column("name", required: true, "first name"),
                Column("surname", "family name"),
                Column("phone", required: true, "one or more telephone numbers, separated by semicolons"),
                Column("language", "two letters; the company's first language when empty"),
                Column("cluster", required: true, "created when it is new"),
                Column("mini_grid", required: true, "created when it is new"),
                Column("village", required: true, "created when it is new"),
                Column("connection_group", "free text, for tariffs, reports and broadcasts"),
                Column("connection_type", "free text, for tariffs, reports and broadcasts"),
                Column("device_kind", required: true, "meter, shs or e-bike"),
                Column("serial", required: true, "the device's serial, unique in the company"),
                Column("manufacturer", "who made the device"),
                Column("tariff", "name of a tariff; required for a meter"),
                Column("token", "sts, openpaygo or a vendor's id; sts for a meter when empty"),
                Column("sgc", "supply group code, 6 digits; the loaded key's when there is only one"),
                Column("krn", "key revision number, 1 to 9"),
                Column("ti", "tariff index, 0 to 99; 1 when empty"),
                Column("ea", "encryption algorithm, 7 or 11; the key's when empty"),
                Column("base_date", "1993, 2014 or 2035; the key's when empty"),
                Column("kt", "key type; 2 when empty"),
                Column("paygo_key", "OpenPAYGO key, 32 hexadecimal digits"),
                Column("paygo_start", "OpenPAYGO starting code"),
                Column("paygo_count", "OpenPAYGO count; 0 when empty"),
                Column("paygo_divider", "units of the OpenPAYGO device in a day; 1 when empty"),
                Column("paygo_restricted", "yes for a keypad with the keys 1 to 4 alone"),
                Column("paygo_extended", "yes for codes of 12 digits"),
                Column("price_per_day", "energy as a service: what a day costs; for shs and e-bike"),
            ]
        case .appliances:
            [
                Column("name", required: true, "the appliance's name, unique"),
                Column("price", required: true, "the list's price"),
                Column("remind_before_days", "days before an instalment is due; no reminder when empty"),
                Column("remind_after_days", "days after an instalment was due; no reminder when empty"),
            ]
        case .sales:
            [
                Column("phone", "the customer's telephone number; the device's owner when empty"),
                Column("serial", "the device whose payment plan it is (shs or e-bike)"),
                Column("appliance", required: true, "name of an appliance"),
                Column("price", "the list's when empty"),
                Column("down_payment", "paid at once in cash; 0 when empty"),
                Column("instalments", "how many instalments; or instalment_amount"),
                Column("instalment_amount", "what each instalment is; or instalments"),
                Column("interval", required: true, "weekly or monthly"),
                Column("first_due", required: true, "when the first instalment is due, YYYY-MM-DD"),
            ]
        case .contractors, .agents, .staff:
            [
                Column("name", required: true, "the person's name"),
                Column("phone", required: true, "one or more telephone numbers, separated by semicolons"),
                Column("language", "two letters; the company's first language when empty"),
                Column("mini_grids", "names of mini-grids, separated by semicolons; all when empty"),
            ]
        case .categories:
            [
                Column("name", required: true, "the category's name, unique"),
                Column("colour", required: true, "red, yellow, green, cyan, blue, magenta or white"),
                Column("outsourced", "yes when its tickets are jobs for contractors"),
            ]
        }
    }
}
