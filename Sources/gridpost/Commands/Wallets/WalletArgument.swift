import ArgumentParser

/// The argument that names a wallet.
struct WalletArgument: ParsableArguments {
    @Argument(help: "The wallet's id, as shown by 'formats list'.")
    var wallet: String
}
