/// Why a payment is refused, so that the provider returns the money.
package enum NoticeRefusal: String, Sendable, CaseIterable {
    /// The reference names no device, and the payer does not have exactly one.
    case unknownDevice = "unknown_device"
    /// No token can be made for the device now.
    case cannotServe = "cannot_serve"
    /// Nothing can be bought for the amount.
    case tooSmall = "too_small"
    case otherCurrency = "other_currency"
}
