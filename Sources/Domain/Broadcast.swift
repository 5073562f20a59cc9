/// What a broadcast is for: it decides at which hours it may disturb people, and its place among other broadcasts.
package enum BroadcastClass: String, Codable, Sendable, CaseIterable {
    /// Danger: at any time, before all others.
    case safety
    /// News of the service, such as a planned outage.
    case service
    /// Advertising.
    case promo
}

package enum BroadcastState: String, Codable, Sendable, CaseIterable {
    /// Waits for its time.
    case scheduled
    case running
    case paused
    case done
    case cancelled

    package var isOver: Bool { self == .done || self == .cancelled }
}

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
