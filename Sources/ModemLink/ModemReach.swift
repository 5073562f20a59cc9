/// How the daemon reaches a modem's process.
package enum ModemReach: Sendable, Hashable {
    /// It starts the program, `gridpost-modem`, by itself.
    case child(program: String)
    /// It connects to a unix socket; systemd starts the program for each connection.
    case socket(path: String)
}
