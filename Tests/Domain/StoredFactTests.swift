import Domain
import Testing

@Suite("Stored hold reasons and ticket causes")
struct StoredFactTests {
    static let reasons: [HoldReason] = [
        .missingParts, .otherCurrency("KES", company: "TZS"), .aboveCeiling(Money(minor: 50_000_000)),
        .balanceBelowAmount, .timesApart(printed: "2026-11-21T18:02", sent: "2026-11-23T09:00"),
        .undatedID("PP261399"),
        .idOfAnotherDate(CalendarDate(daysSince1970: 20_000), text: CalendarDate(daysSince1970: 20_003)),
        .idOfAnotherDay(CalendarDate(daysSince1970: 20_000)), .noTransactionID, .lacks(.balance),
        .reversalOfAnotherAmount, .unprovenReversal, .contradicted(by: InboxMessageID(7)), .beyondBudget, .newSMSC,
        .severalAlike, .refusedNotice, .notInBalance(wallet: Money(minor: 4_000), text: Money(minor: -7)),
        .deviceWithoutOwner, .meterWithoutTariff, .clock("slow"), .noToken("the key is not there"),
        .vendor("out of service"),
        .failure("it broke"), .note("as it was worded"),
    ]

    @Test("every hold reason is restored from its code and facts, and every code is tested")
    func holdReasons() {
        for reason in Self.reasons { #expect(HoldReason(reason.code, reason.facts) == reason) }
        #expect(Set(Self.reasons.map(\.code)) == Set(HoldReason.Code.allCases))
    }

    @Test("a hold reason without its facts is rejected")
    func factsMissing() {
        for reason in Self.reasons where !reason.facts.isEmpty { #expect(HoldReason(reason.code, [:]) == nil) }
    }

    static let causes: [TicketCause] = [
        .cannotServe(PaymentID(12)), .unprovenReversal(PaymentID(12)),
        .earlyReversal(provider: "mpesa-tz", transactionID: "~2026-11-21T18:02/1000/+255712000678/"),
        .reversal(PaymentID(12), .late), .question(QuestionID(3)), .lostToken(OutboxMessageID(9)),
        .vendorToken(VendorTokenID(4), at: Timestamp(seconds: 1_795_000_000)),
        .otherDevicePlan(SaleID(2), PaymentID(12)), .accessOverdue(year: 2026, month: 11), .clock(nil),
        .clock(Timestamp(seconds: 1_795_000_000)),
    ]

    @Test("every ticket cause is restored from its key, and malformed keys are rejected")
    func ticketCauses() throws {
        let phone = try #require(PhoneNumber(e164: "+255712000678"))
        let all = Self.causes + [.tokenAgain(phone, CalendarDate(daysSince1970: 20_000))]
        for cause in all { #expect(TicketCause(key: cause.key) == cause) }
        #expect(Set(all.map(\.key)).count == all.count && Set(all.map(\.code)) == Set(TicketCause.Code.allCases))
        for key in ["", "cannot-serve", "cannot-serve/x/", "of-old/12", "token-request/4/", "reversal/12/never"] {
            #expect(TicketCause(key: key) == nil)
        }
    }

    @Test("the keys of one matter share a prefix that no other matter's keys have")
    func matters() {
        let request = TicketCause.vendorToken(VendorTokenID(4), at: Timestamp(seconds: 1))
        #expect(TicketCause.vendorToken(VendorTokenID(4), at: Timestamp(seconds: 2)).key.hasPrefix(request.matter))
        #expect(!TicketCause.vendorToken(VendorTokenID(40), at: Timestamp(seconds: 2)).key.hasPrefix(request.matter))
        #expect(!TicketCause.cannotServe(PaymentID(120)).key.hasPrefix(TicketCause.cannotServe(PaymentID(12)).matter))
    }
}
