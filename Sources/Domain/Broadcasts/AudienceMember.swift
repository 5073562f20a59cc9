/// A phone that a broadcast may be sent to, with the values that its text may contain.
package struct AudienceMember: Sendable, Hashable {
    package var phone: String
    /// `nil` for a contractor or an agent.
    package var customer: Int64?
    package var language: String?
    package var name: String
    package var surname: String?
    package var village: String?
    package var miniGrid: String?
    package var cluster: String?
    package var serial: String?
    package var tariff: String?

    package init(
        phone: String, customer: Int64? = nil, language: String? = nil, name: String, surname: String? = nil,
        village: String? = nil, miniGrid: String? = nil, cluster: String? = nil, serial: String? = nil,
        tariff: String? = nil
    ) {
        self.phone = phone
        self.customer = customer
        self.language = language
        self.name = name
        self.surname = surname
        self.village = village
        self.miniGrid = miniGrid
        self.cluster = cluster
        self.serial = serial
        self.tariff = tariff
    }
}
