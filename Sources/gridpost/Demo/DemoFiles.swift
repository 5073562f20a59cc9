import Foundation
import Tokens

/// The demo's installation in a temporary folder.
struct DemoFiles {
    let folder: URL
    let meter: String
    let customer: String

    var port: String { folder.appendingPathComponent("modem").path }
    var socket: String { folder.appendingPathComponent("admin.sock").path }
    var configuration: String { folder.appendingPathComponent("gateway.toml").path }
    var log: String { folder.appendingPathComponent("daemon.log").path }
    private var keys: String { folder.appendingPathComponent("vending-keys.toml").path }

    let tariffs = "name,price_per_kwh\nDomestic,356\n"

    var customers: String {
        """
        name,surname,phone,village,mini_grid,cluster,device_kind,serial,tariff
        Rehema,Juma,\(customer),Kijiji,Kisiwa,Pwani,meter,\(meter),Domestic

        """
    }

    func write() throws {
        try """
        database = "\(folder.path)/gridpost.db"

        [company]
        name = "Umeme wa Kijiji"
        currency = "TZS"
        country = "TZ"
        time_zone = "Africa/Dar_es_Salaam"
        languages = ["sw", "en"]

        [socket]
        path = "\(socket)"

        [[modems]]
        name = "office"
        device = "\(port)"

        [payments]
        providers = ["mpesa-tz"]

        [tokens.sts]
        vending_keys = "\(keys)"
        test_keys = true

        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        let test = TokenRequest.testMeter
        _ = FileManager.default.createFile(
            atPath: keys,
            contents: Data(
                """
                # A published test key, not for real meters.
                [[keys]]
                sgc = "\(test.sgc ?? "")"
                krn = 1
                kt = 2
                base_date = 2014
                dkga = 4
                ea = 11
                key = "\(test.vendingKey ?? "")"

                """.utf8), attributes: [.posixPermissions: 0o600])
    }
}

extension TokenRequest {
    /// The public test key of the STS Association's compliance documents.
    static var testMeter: TokenRequest {
        var request = TokenRequest()
        request.vendingKey = "abababababababab949494949494949401234567"
        request.dkga = 4
        request.ea = 11
        request.sgc = "201457"
        request.ti = 1
        request.krn = 1
        request.kt = 2
        request.baseDate = 2014
        return request
    }
}
