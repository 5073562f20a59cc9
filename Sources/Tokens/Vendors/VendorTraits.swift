import Domain

package struct VendorTraits: Sendable, Hashable {
    /// The kinds of devices that the vendor makes.
    package var kinds: Set<DeviceKind>
    /// Repeated orders with the same id are carried out once.
    package var isIdempotent = false
    /// `outcome(of:)` is supported.
    package var canBeAsked = false
    /// Tokens are unique to a device: the same token is never issued for another.
    package var tokensAreUnique = false
    /// It credits the device remotely: an order carried out twice credits the device twice. An unused second token does
    /// not.
    package var chargesOverTheAir = false

    package init(kinds: Set<DeviceKind>) { self.kinds = kinds }
}
