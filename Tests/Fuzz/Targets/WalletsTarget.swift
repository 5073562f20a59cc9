import Domain

@testable import Messages

/// Texts of wallets, and forged ones. The first line of an input is the originator, a tab and the country, which may be
/// missing; the text follows.
enum WalletsTarget {
    private struct CorpusText: Decodable {
        let text: String
        let country: String
        let senderId: String
    }

    static func run(_ input: [UInt8]) throws(BrokenRule) {
        let pieces = text(of: input).split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let header = pieces[0].split(separator: "\t", omittingEmptySubsequences: false)
        let raw = String(header[0])
        let reader = Seeds.library.reader
        let country = header.count > 1 ? Seeds.library.countries[String(header[1])] : nil
        let text = String(pieces.last ?? "")
        let originator = Originator(raw, plan: country?.plan ?? .anywhere)
        let reading = reader.read(from: originator, raw: raw, text: text, country: country?.code)
        guard reading.disposition == .credit || reading.disposition == .reverse else { return }
        try rule(
            reader.knows(originator: raw), "\(reading.disposition) from '\(raw)', which is not a wallet's originator")
        let folded = NormalizedText(text).folded
        if let id = reading.fields.txnID {
            let whole = String(String.UnicodeScalarView(folded)).uppercased()
            try rule(whole.contains(id), "the id \(id) is not in the text")
        }
        if let amount = reading.fields.amount {
            let digits = String(String.UnicodeScalarView(folded.filter(\.isDigit)))
            let whole = amount.filter { $0.isNumber || $0 == "." }.split(separator: ".").first ?? ""
            try rule(digits.contains(whole), "the amount \(amount) is not in the text")
        }
        if reading.disposition == .credit {
            let currency = reading.fields.currency.flatMap { Currency(code: $0) }
            let money = currency.flatMap { currency in
                reading.fields.amount.flatMap { Money(decimal: $0, in: currency) }
            }
            try rule(money?.isPositive == true, "a credit of \(reading.fields.amount ?? "nothing")")
        }
    }

    static let seeds: [String] = {
        let corpus = Seeds.fixture("sms.json", as: [CorpusText].self)
        let known = corpus.map { "\($0.senderId)\t\($0.country)\n\($0.text)" }
        let anywhere = corpus.enumerated().filter { $0.offset % 3 == 0 }.map { "\($1.senderId)\n\($1.text)" }
        let strangers = corpus.enumerated().filter { $0.offset % 6 == 0 }.flatMap { place, text in
            ["+255754000321\tTZ\n\(text.text)", "PAYMENTS\t\(text.country)\n\(text.text)", "M-PESÁ\n\(text.text)"]
        }
        let nasty = Seeds.nasty.map { "MPESA\n\($0)" }
        return known + anywhere + strangers + nasty
    }()

    static let words = [
        "M-PESA\tTZ\n", "MPESA\tKE\n", "AirtelMoney\n", "+255754000321\tTZ\n", "Tsh", "Ksh", "FCFA", "UGX ", "USD",
        "Tk ",
        "Confirmed.", "You have received ", "Umepokea ", "Vous avez recu ", "Recebeste ", " from ", " kutoka kwa ",
        "New balance is ", "TxnID: ", "Ref: ", " on 3/8/25 at 6:02 PM", "29/02/26", "99:99", "25-13-2026", "12,500.00",
        "1.234.567,89", "1 234 567", ",000", ".000", "-", "0712000678", "255712000678", "+", "(", ")", "*", "\u{200f}",
    ]
}
