import Foundation
import ModemMessages

/// Asks one port, in a process of the modem program, whether a modem is behind it.
enum PortProbe {
    /// The probe gives up earlier by itself.
    private static let timeout = Duration.seconds(30)

    static func ask(_ port: SerialPort, program: String) async -> ProbeAnswer {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["probe", port.path]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            return .silent("\(program) cannot be started: \(error.localizedDescription)")
        }
        let pid = process.processIdentifier
        let deadline = Task {
            try await Task.sleep(for: timeout)
            kill(pid, SIGKILL)
        }
        defer { deadline.cancel() }
        let data = await Task.detached { output.fileHandleForReading.readDataToEndOfFile() }.value
        process.waitUntilExit()
        return (try? JSONDecoder().decode(ProbeAnswer.self, from: data)) ?? .silent("the probe ended without an answer")
    }
}
