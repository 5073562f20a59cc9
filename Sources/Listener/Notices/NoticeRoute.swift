/// One driver with those who may call it.
package struct NoticeRoute: Sendable {
    /// The part of the path behind `/payments/`: the driver's name, or another where a provider does not take it.
    package var name: String
    package var driver: any NoticeDriver
    package var rule: CallerRule

    package init(name: String, driver: any NoticeDriver, rule: CallerRule) {
        self.name = name
        self.driver = driver
        self.rule = rule
    }
}
