import ModemMessages

/// What a modem's link has to know.
package struct ModemConfiguration: Sendable, Hashable {
    package var name: String
    package var settings: ModemSettings
    package var reach: ModemReach
    /// How often all stores are read, and the modem is asked whether it lives, when nothing happens.
    package var pollInterval: Duration = .seconds(20)
    /// The same for a modem that does not tell of new messages by itself.
    package var blindPollInterval: Duration = .seconds(5)
    /// How long each kind of call may take before the process is ended.
    package var openDeadline: Duration = .seconds(60)
    package var callDeadline: Duration = .seconds(30)

    package init(name: String, settings: ModemSettings, reach: ModemReach) {
        self.name = name
        self.settings = settings
        self.reach = reach
    }

    /// How much longer than the modem process itself waits for the network: for the prompt, and for it to say so.
    package var sendGrace: Duration = .seconds(30)

    package var sendDeadline: Duration { .seconds(settings.sendTimeout) + sendGrace }
}
