import ModemMessages

/// The configuration of a modem link.
package struct ModemConfiguration: Sendable, Hashable {
    package var name: String
    package var settings: ModemSettings
    package var reach: ModemReach
    /// How often all stores are read and the modem's status is checked when nothing happens.
    package var pollInterval: Duration = .seconds(20)
    /// The same interval for a modem that does not indicate new messages.
    package var blindPollInterval: Duration = .seconds(5)
    /// The timeout of each kind of call, after which the process is killed.
    package var openDeadline: Duration = .seconds(60)
    package var callDeadline: Duration = .seconds(15)
    /// How often a modem with nothing to do is asked for a sign of life, and the timeout of its answer.
    package var pingInterval: Duration = .seconds(4)
    package var pingDeadline: Duration = .seconds(5)

    package init(name: String, settings: ModemSettings, reach: ModemReach) {
        self.name = name
        self.settings = settings
        self.reach = reach
    }

    /// How much longer than the modem process the daemon waits for the network: time for the prompt and the answer.
    package var sendGrace: Duration = .seconds(30)

    package var sendDeadline: Duration { .seconds(settings.sendTimeout) + sendGrace }
}
