import ArgumentParser

struct TariffsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tariffs", abstract: "Manage the tariffs of meters.",
        subcommands: [WholeListCommand<TariffList>.self, ChangeCommand<Edit>.self, ChangeCommand<Delete>.self])
}
