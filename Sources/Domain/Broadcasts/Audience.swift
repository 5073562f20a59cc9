/// Whom a broadcast is for.
///
/// Places add up, and so do the values of one attribute; places and attributes together narrow down. Single customers
/// come on top. Contractors and agents are those of the places, where places are named.
package struct Audience: Hashable, Sendable, Codable {
    package var clusters: [String] = []
    package var miniGrids: [String] = []
    package var villages: [String] = []
    package var connectionGroups: [String] = []
    package var connectionTypes: [String] = []
    package var deviceKinds: [DeviceKind] = []
    package var tariffs: [String] = []
    /// Numbers of single customers.
    package var customers: [Int64] = []
    package var contractors = false
    package var agents = false
    /// Everybody: all customers, contractors and agents.
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
