extension NoticeDriverKind {
    /// What is known about a provider, and how surely.
    package struct Facts: Sendable {
        package var provider: String
        /// How a notice is proved.
        package var proof: String
        /// What happens to a wrong serial.
        package var refusal: String
        /// What two independent sources, or the provider's own page, say.
        package var certain: String
        /// What is known from one source, or only supposed.
        package var guessed: String
    }

    package var facts: Facts {
        switch self {
        case .vodacomTZ:
            Facts(
                provider: "Vodacom Tanzania, M-Pesa business to business broker (XML)",
                proof: "source address and spPassword", refusal: "refused in the result that is reported afterwards",
                certain: "the fields of the request, the first answer, result codes 0 and 999",
                guessed:
                    "how spPassword is hashed (three ways are accepted), and how soon the result must come; the result has no initiatorPassword, because its key is not public"
            )
        case .airtelTZ:
            Facts(
                provider: "Airtel Tanzania, Airtel Money (XML)", proof: "source address, user and password",
                refusal: "refused by a ROLLBACK that is reported afterwards",
                certain: "nothing by two sources",
                guessed: "the fields, the answer and the ROLLBACK, all from one client that was in use until 2022")
        case .mixxTZ:
            Facts(
                provider: "Mixx by Yas (Tigo Pesa) Tanzania, bill payment (XML)",
                proof: "source address (a tunnel of the provider)",
                refusal: "refused in the answer: error010, and the wallet is not debited",
                certain: "SYNC_LOOKUP_REQUEST, SYNC_BILLPAY_REQUEST and their answers, the error codes",
                guessed: "that the wallet is not debited after error010: by the list of codes, not tried; SYNC_ENQUIRY")
        case .azampay:
            Facts(
                provider: "AzamPay bill payment, Tanzania (JSON)", proof: "a signed token and a hash of the data",
                refusal: "refused in the answer; the look-up before stops the payer's entry of the PIN",
                certain: "the fields, the token (HS256) and the hash (HMAC-SHA-256)",
                guessed: "what exactly is hashed (three ways are accepted); that a refused payment is returned")
        case .safaricomKE:
            Facts(
                provider: "Safaricom Kenya, M-Pesa C2B (JSON)", proof: "source address and a secret in the address",
                refusal: "refused at the validation, if Safaricom has enabled it: C2B00012; a confirmation cannot be",
                certain: "the fields, the answers and the result codes",
                guessed: "that a validation must be answered within 8 seconds")
        case .paystack:
            Facts(
                provider: "Paystack (JSON)", proof: "HMAC-SHA-512 of the body with the secret key",
                refusal: "cannot be refused; the money is in suspense until staff refund it",
                certain: "event, fields, amounts in minor units and the signature",
                guessed:
                    "that the payer's serial is in metadata.serial, metadata.meter or the reference: the page that starts the payment decides it"
            )
        case .flutterwave:
            Facts(
                provider: "Flutterwave v3 (JSON)", proof: "the header verif-hash equals the secret hash",
                refusal: "cannot be refused; the money is in suspense until staff refund it",
                certain: "nothing by two sources",
                guessed: "the fields and the header, from one client; a notice is not confirmed by a query of ours yet")
        case .airtelAfrica:
            Facts(
                provider: "Airtel Africa (JSON)", proof: "a hash whose input is not documented", refusal: "-",
                certain: "status codes TS and TF", guessed: "no driver yet: nothing proves a notice without a query")
        case .mtnMoMo:
            Facts(
                provider: "MTN MoMo collections (JSON)", proof: "none; the payment must be queried", refusal: "-",
                certain: "a callback is sent once and never repeated",
                guessed: "no driver yet: it needs requests of ours, which start each payment")
        case .pesapal:
            Facts(
                provider: "Pesapal v3", proof: "none; the payment must be queried", refusal: "-",
                certain: "the notice has no status", guessed: "no driver yet: it needs queries of ours")
        }
    }
}
