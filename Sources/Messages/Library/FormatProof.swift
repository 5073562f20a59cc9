import Domain
import StrictTOML

extension PaymentReader {
    /// Checks the formats against their examples: each text must read as declared, with the given fields, by whichever
    /// of the wallet's formats fits.
    ///
    /// - Throws: `TOMLFaults` with one fault per failed example.
    package func prove() throws(TOMLFaults) {
        var faults: [TOMLFault] = []
        for provider in providers {
            let reader = only([provider.id])
            for format in provider.formats where !format.isShared {
                for example in format.examples {
                    faults += reader.faults(of: example, of: provider, format: format.id, file: provider.file)
                }
            }
            for example in provider.examples {
                faults += reader.faults(of: example, of: provider, format: nil, file: provider.file)
            }
        }
        for family in families {
            guard let provider = providers.first(where: { $0.id == family.provedBy }) else { continue }
            let reader = only([provider.id])
            for format in family.formats {
                for example in format.examples {
                    faults += reader.faults(of: example, of: provider, format: format.id, file: family.file)
                }
            }
        }
        if !faults.isEmpty { throw TOMLFaults(faults) }
    }

    /// `self` holds only this provider. Without a `format`, any of the provider's formats may read the text.
    private func faults(of example: FormatExample, of provider: PaymentProvider, format: String?, file: String)
        -> [TOMLFault]
    {
        func fault(_ message: String) -> TOMLFault {
            TOMLFault(
                file: file, line: example.line,
                message: "example\(format.map { " of '\($0)'" } ?? ""): \(message)")
        }
        guard let originator = provider.originators.first else { return [] }
        let reading = read(
            from: Originator(originator, plan: provider.plan), raw: originator, text: example.text,
            country: provider.country)
        guard reading.disposition.rawValue == example.means.rawValue else {
            return [
                fault(
                    "is read as \(reading.disposition.rawValue) instead of \(example.means.rawValue)"
                        + (reading.reason.map { ", because \($0)" } ?? "") + (reading.format.map { " (\($0))" } ?? ""))
            ]
        }
        let found = reading.fields.named
        return example.fields.filter { found[$0.key] != $0.value }.sorted { $0.key < $1.key }.map { name, wanted in
            fault("\(name) is '\(found[name] ?? "")' instead of '\(wanted)'")
        }
    }
}

extension PaymentFields {
    /// The fields that have a value, by their machine-readable names.
    package var named: [String: String] {
        var named: [String: String] = [:]
        named["txn_id"] = txnID
        named["original_txn_id"] = originalTxnID
        named["amount"] = amount
        named["currency"] = currency
        named["payer_name"] = payerName
        named["payer_msisdn"] = payerPhone?.e164
        named["reference"] = reference
        named["new_balance"] = newBalance
        named["fee"] = fee
        named["timestamp"] = timestamp?.text
        return named
    }
}
