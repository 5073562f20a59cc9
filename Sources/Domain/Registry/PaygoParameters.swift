/// What an OpenPAYGO device's codes are made from.
package struct PaygoParameters: Sendable, Hashable {
    package var key: String
    package var start: Int64?
    /// The count of the code that was made last.
    package var count: Int
    /// Units of the device in a day.
    package var divider = 1
    package var isRestricted = false
    package var isExtended = false

    package init(key: String, start: Int64?, count: Int) {
        self.key = key
        self.start = start
        self.count = count
    }
}
