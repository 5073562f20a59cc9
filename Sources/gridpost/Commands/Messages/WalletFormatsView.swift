import ArgumentParser
import Foundation
import Messages

struct WalletFormatsView: Encodable {
    struct FormatView: Encodable {
        let id: String
        let language: String
        let means: String
        let pattern: String
    }

    let id: String
    let name: String
    let country: String
    let currency: String
    let originators: [String]
    let file: String
    let formats: [FormatView]

    init(_ provider: PaymentProvider) {
        id = provider.id
        name = provider.name
        country = provider.country
        currency = provider.currency
        originators = provider.originators
        file = provider.file
        formats = provider.formats.map {
            FormatView(id: $0.id, language: $0.language, means: $0.means.rawValue, pattern: $0.source)
        }
    }
}
