import Foundation
import ModemMessages

/// Asks one port, in a process of the modem program, whether a modem is behind it.
enum PortProbe {
    /// The probe gives up earlier by itself.
    private static let timeout = Duration.seconds(30)
    private static let longest = 16_384

    static func ask(_ port: SerialPort, program: String) async -> ProbeAnswer {
        do throws(ShortProcess.NotStarted) {
            let said = try await ShortProcess(program: program, arguments: ["probe", port.path])
                .run(timeout: timeout, longest: longest)
            return (try? JSONDecoder().decode(ProbeAnswer.self, from: said))
                ?? .silent("the probe ended without an answer")
        } catch {
            return .silent("\(program) cannot be started")
        }
    }
}
