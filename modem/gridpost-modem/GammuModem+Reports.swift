// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import ModemMessages

/// The delivery reports that a modem keeps in a memory of their own, SR. libgammu's scans leave it out.
enum StoredReports {
    /// Locations in SR are numbered from here, so that they differ from those of SIM and phone.
    static let begin = 200_000
    /// The locations that a scan looks at; modems keep five to twenty reports.
    fileprivate static let most = 30
    /// A scan ends after this many empty locations.
    fileprivate static let mostEmpty = 3

    static func contains(_ location: Int) -> Bool { location > begin }
}

extension GammuModem {
    /// Reads a delivery report that the modem indicated or that a scan looks for. Returns whether there was one.
    @discardableResult
    func readReport(_ location: Int) -> Bool {
        guard let message = fetchReport(location) else { return false }
        mayHoldReports = true
        guard case .deliveryReport(var report)? = IncomingMessage.event(message, stored: false) else { return false }
        report.place = StoredPlace(location: location, mark: IncomingMessage.mark(message))
        say(.event(.deliveryReport(report)))
        return true
    }

    /// Scans SR, after the modem was opened and once it has indicated a report.
    func scanReports() {
        guard mayHoldReports else { return }
        mayHoldReports = false
        var empty = 0
        for location in 1...StoredReports.most where empty < StoredReports.mostEmpty {
            empty = readReport(StoredReports.begin + location) ? 0 : empty + 1
        }
    }

    /// Deletes a report, but not another one that has taken its location.
    func deleteReport(_ place: StoredPlace) throws(ModemFailure) {
        let machine = try opened()
        guard let message = fetchReport(place.location), IncomingMessage.mark(message) == place.mark else { return }
        message.pointee.Memory = MEM_SR
        message.pointee.Location = Int32(clamping: place.location - StoredReports.begin)
        message.pointee.Folder = 0
        // GSM_DeleteSMS reads the report once more.
        say(.reading(location: place.location))
        let error = GSM_DeleteSMS(machine, message)
        say(.reading(location: nil))
        guard GammuVerdict.endsConnection(error) else { return }
        throw GammuVerdict.failure(error, "a delivery report cannot be deleted")
    }

    /// Reads a report with libgammu, and says so first, because a report may crash the process like any message.
    private func fetchReport(_ location: Int) -> UnsafeMutablePointer<GSM_SMSMessage>? {
        guard let machine, !setAside.contains(location) else { return nil }
        say(.reading(location: location))
        defer { say(.reading(location: nil)) }
        clearBuffer()
        let message = GammuMessages.first(buffer)
        message.pointee.Memory = MEM_SR
        message.pointee.Location = Int32(clamping: location - StoredReports.begin)
        message.pointee.Folder = 0
        guard GSM_GetSMS(machine, buffer) == ERR_NONE, message.pointee.PDU == SMS_Status_Report else { return nil }
        return message
    }
}
