import Admin
import ArgumentParser

/// `gridpost wallets list`
struct WalletList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List wallets with their known balances and SMSCs.",
        discussion: "Example: gridpost wallets list")
    static let address = "/v1/wallets"
    static let columns = [
        "WALLET", "MODEM", "BALANCE", "AT", "ASKED BY USSD", "UNPROVEN TEXTS", "UNPROVEN CREDIT LEFT TODAY", "SMSCS",
    ]
    static let empty = "no wallet is in use; add one with 'gridpost wallets use ID'"

    static func row(_ wallet: WalletView) -> [String] {
        let gap = wallet.gapSince.map { " " + Terminal.styled("gap since \($0)", .yellow) } ?? ""
        let smscs = wallet.smscs.map { $0.known ? $0.number : Terminal.styled("\($0.number) (unknown)", .yellow) }
        let balance = wallet.balance.map { "\($0.currency) \($0.amount)" } ?? "-"
        let warning =
            !wallet.inUse
            ? Terminal.styled(" not in use", .yellow)
            : wallet.anchoredAt == nil ? Terminal.styled(" not confirmed by staff", .yellow) : ""
        let failure = wallet.askFailure.map { " " + Terminal.styled($0, .yellow) } ?? ""
        let asked = wallet.askedAt.map { $0 + failure } ?? "-"
        return [
            wallet.provider, wallet.modem ?? "-", balance + warning, wallet.at ?? "-", asked, "\(wallet.open)\(gap)",
            "\(wallet.budgetLeft.amount) of \(wallet.budget.amount)", smscs.joined(separator: ", "),
        ]
    }
}
