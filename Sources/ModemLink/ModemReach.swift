/// How the daemon reaches a modem's process.
package enum ModemReach: Sendable, Hashable {
    /// The daemon starts the program `gridpost-modem` itself.
    case child(program: String)
    /// The daemon connects to a unix socket; systemd starts the program for each connection.
    case socket(path: String)
}
