package enum VendorDelivery: Sendable, Hashable {
    /// The token to type in.
    case token(String)
    /// The device was credited remotely.
    case overTheAir
}
