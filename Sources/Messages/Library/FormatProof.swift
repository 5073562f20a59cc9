import Domain
import StrictTOML

extension PaymentReader {
    /// Proves every format by its examples: each reads as declared, with the fields that it names, and no other format
    /// of the provider reads it otherwise.
    package func prove() throws(TOMLFaults) {
        var faults: [TOMLFault] = []
        for provider in providers {
            guard let originator = provider.originators.first else { continue }
            for format in provider.formats {
                for example in format.examples {
                    func fault(_ message: String) {
                        faults.append(
                            TOMLFault(
                                file: provider.file, line: example.line,
                                message: "example of '\(format.id)': \(message)"))
                    }
                    let reading = only([provider.id]).read(
                        from: Originator(originator, plan: provider.plan), raw: originator, text: example.text,
                        country: provider.country)
                    guard reading.disposition.rawValue == format.means.rawValue else {
                        fault(
                            "reads as \(reading.disposition.rawValue) instead of \(format.means.rawValue)"
                                + (reading.reason.map { ", for \($0)" } ?? ""))
                        continue
                    }
                    guard reading.format == format.id else {
                        fault("is taken by the format '\(reading.format ?? "-")'")
                        continue
                    }
                    let found = reading.fields.named
                    for (name, wanted) in example.fields where found[name] != wanted {
                        fault("\(name) is '\(found[name] ?? "")' and not '\(wanted)'")
                    }
                }
            }
        }
        if !faults.isEmpty { throw TOMLFaults(faults) }
    }
}

extension PaymentFields {
    /// The fields that are there, by the names that machines use.
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
