import Domain
import Foundation
import Gateway
import Listener
import Messages
import StrictTOML
import Tokens

/// The settings of the listener, with its secrets read.
enum ListenerInstallation {
    /// - Throws: `TOMLFault`, or the error of reading a secret.
    static func settings(_ configuration: Configuration, _ library: Library, _ company: Company) throws
        -> ListenerSettings?
    {
        guard let http = configuration.http else { return nil }
        return ListenerSettings(
            host: http.host, port: http.port, proxies: http.proxies,
            notices: try http.payments.map { try route($0, configuration, library, company) },
            ussd: try http.ussd.map { try route($0, configuration, library) })
    }

    private static func route(
        _ notice: Configuration.HTTP.Notice, _ configuration: Configuration, _ library: Library, _ company: Company
    ) throws -> NoticeRoute {
        let driver = notice.kind.rawValue
        // A provider that sends no SMS has no formats; its wallet is called like the driver.
        guard library.walletIDs.contains(notice.wallet) || notice.wallet == driver else {
            let near = NearestWord.hint(notice.wallet, in: library.walletIDs.sorted() + [driver])
            throw TOMLFault(
                file: configuration.file, line: notice.line,
                message: "[[http.payments]] wallet: there is no wallet \"\(notice.wallet)\"\(near)")
        }
        let secrets = try VendorCredentials.read(
            try SecretPath.of(notice.credentials, "[[http.payments]] credentials"), names: notice.kind.secrets,
            isCredential: SecretPath.isCredential(notice.credentials))
        if let short = secrets.first(where: { $0.value.isEmpty }) {
            throw TOMLFault(file: notice.credentials, line: nil, message: "'\(short.key)' is empty")
        }
        let settings = NoticeSettings(
            wallet: notice.wallet, secrets: secrets, isTrusted: notice.isTrusted, reportURL: notice.reportURL,
            currency: company.currency, plan: company.country.plan, calendar: company.calendar)
        guard let reader = notice.kind.driver(settings) else {
            throw TOMLFault(
                file: configuration.file, line: notice.line, message: "there is no driver for \"\(driver)\" yet")
        }
        return NoticeRoute(
            name: notice.path, driver: reader, rule: CallerRule(allowed: notice.allowed, secret: nil))
    }

    private static func route(_ ussd: Configuration.HTTP.USSD, _ configuration: Configuration, _ library: Library)
        throws
        -> USSDRoute
    {
        guard let aggregator = library.aggregators[ussd.aggregator] else {
            let known = library.aggregators.keys.sorted()
            throw TOMLFault(
                file: configuration.file, line: ussd.line,
                message:
                    "[[http.ussd]] aggregator: there is no \"\(ussd.aggregator)\"; known: \(known.joined(separator: ", "))\(NearestWord.hint(ussd.aggregator, in: known))"
            )
        }
        let secret = try ussd.secret.map { name in
            let path = try SecretPath.of(name, "[[http.ussd]] secret")
            let file = SecretFile(path: path, credentials: SecretPath.folder)
            try file.check()
            let text = (try? String(contentsOfFile: path, encoding: .utf8))?
                .trimmingCharacters(in: .whitespacesAndNewlines)
            guard let text, (8...200).contains(text.utf8.count) else {
                throw TOMLFault(file: path, line: nil, message: "must hold a secret of 8 to 200 characters")
            }
            return text
        }
        return USSDRoute(aggregator: aggregator, rule: CallerRule(allowed: ussd.allowed, secret: secret))
    }
}
