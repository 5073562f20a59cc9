/// A USSD session of one modem. A modem has one at a time.
package struct USSDSession: Sendable, Hashable, Identifiable {
    package let id: Int
    /// Messages wait this long for a session; then it is ended.
    package static let longestWait = Duration.seconds(15)
    /// A session without a next step is ended, because it blocks the modem's sending.
    package static let longestPause = Duration.seconds(90)
    /// The longest wait for the network at each step in seconds.
    package static let longestStep = 60
    static let usualStep = 30

    /// The steps so far: a timer that was set at an earlier step does nothing.
    var steps = 0
    /// A step was begun and has not ended.
    var isDialling = false
    /// The modem process has the step's command, and waits for the network.
    var isAsked = false
    /// A message waits for the modem: no further step is begun.
    var givesWay = false
}
