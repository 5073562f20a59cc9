/// The parameters for making the codes of an OpenPAYGO device.
package struct PaygoParameters: Sendable, Hashable {
    package var key: String
    package var start: Int64?
    /// The count of the newest code.
    package var count: Int
    /// The device's units per day.
    package var divider = 1
    package var isRestricted = false
    package var isExtended = false

    package init(key: String, start: Int64?, count: Int) {
        self.key = key
        self.start = start
        self.count = count
    }
}
