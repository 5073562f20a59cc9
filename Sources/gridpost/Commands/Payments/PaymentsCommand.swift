import ArgumentParser

struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "List and show payments, and decide about them.",
        discussion: """
            Examples:
              gridpost payments held
              gridpost payments approve 12
              gridpost payments assign 13 01450000011
              gridpost payments refund 14 --reference QK7H2A
              gridpost payments reassign 15 01450000029
            """,
        subcommands: [
            ListCommand<PaymentList>.self, ShowCommand<PaymentArgument>.self, ListCommand<HeldPayments>.self,
            ListCommand<SuspensePayments>.self, ChangeCommand<Approve>.self, ChangeCommand<Reject>.self,
            ChangeCommand<Assign>.self, ChangeCommand<Refund>.self, ChangeCommand<Reassign>.self,
            ChangeCommand<Reverse>.self, ChangeCommand<Resend>.self, ChangeCommand<RetryToken>.self,
            ChangeCommand<SettleToken>.self, NoticeDrivers.self,
        ])
}
