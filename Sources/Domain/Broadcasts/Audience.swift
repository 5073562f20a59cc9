/// The recipients that a broadcast is addressed to.
///
/// Places are combined with OR, and so are the values of one attribute; places and attributes are combined with AND.
/// Single customers are added to the result. Contractors and agents are limited to the places, if any are named.
package struct Audience: Hashable, Sendable, Codable {
    package var clusters: [String] = []
    package var miniGrids: [String] = []
    package var villages: [String] = []
    package var connectionGroups: [String] = []
    package var connectionTypes: [String] = []
    package var deviceKinds: [DeviceKind] = []
    package var tariffs: [String] = []
    /// Ids of single customers.
    package var customers: [Int64] = []
    package var contractors = false
    package var agents = false
    /// All customers, contractors and agents.
    package var everybody = false

    package init() {}

    package var hasPlaces: Bool { !(clusters.isEmpty && miniGrids.isEmpty && villages.isEmpty) }

    package var hasAttributes: Bool {
        !(connectionGroups.isEmpty && connectionTypes.isEmpty && deviceKinds.isEmpty && tariffs.isEmpty)
    }

    /// Whether customers are chosen by place or attribute.
    package var choosesCustomers: Bool { everybody || hasPlaces || hasAttributes }

    package var isEmpty: Bool {
        !everybody && !hasPlaces && !hasAttributes && customers.isEmpty && !contractors && !agents
    }
}
