import Admin
import ArgumentParser

/// The options that describe a person.
struct PersonOptions: ParsableArguments {
    @Option(help: "A phone number; repeat for several.")
    var phone: [String] = []

    @Option(help: "The language, by its two-letter code; default: the company's first language.")
    var language: String?

    @Option(help: "A mini-grid that the person works for; repeat for several; default: all.")
    var miniGrid: [String] = []

    func body(name: String?) -> PersonBody {
        var body = PersonBody()
        body.name = name
        body.phones = phone.isEmpty ? nil : phone
        body.language = language
        body.miniGrids = miniGrid.isEmpty ? nil : miniGrid
        return body
    }
}
