import StrictTOML
import Testing

@Suite("TOML files")
struct TOMLPrecheckTests {
    @Test(
        "a header without a name is a fault with its line and does not crash the process",
        arguments: [
            "a = 1\n[[[[]]]]", "a = 1\n[.b]", "a = 1\n[=b]", "a = 1\n  [[ .b]]", "a = 1\n[é]", "# [\n[\nb]",
            "a = \"[\"\n[.]",
            "a = [\"\"\"x\"\"\"\"\"]\n[#]", "\u{feff}a = '['\n[,b]", "a = [[\"]\"]]\n[*]", "a = { b = '}' }\n[\t.]",
        ])
    func nameless(text: String) {
        let fault = #expect(throws: TOMLFault.self) { try TOMLDocument(text, file: "x.toml") }
        #expect(fault?.line == 2)
    }

    @Test(
        "a date is a fault with its line, and an invalid one does not crash the process",
        arguments: [
            "\na = 1979-05-27T:7032:00Z", "\na = [1979-05-27 7]", "a = [\n1979-05-27]",
            "a = 1\nb = { c = 1979-05-27Tx }",
            "1979-05-27 = 1\nb=1979-05-27t",
        ])
    func dates(text: String) {
        let fault = #expect(throws: TOMLFault.self) { try TOMLDocument(text, file: "x.toml") }
        #expect(fault?.line == 2)
    }

    @Test(
        "values that only look like dates are not faults",
        arguments: [
            "1979-05-27 = 1", "[1979-05-27]\na = 1", "[[a.1979-05-27]]", "a-1979-05-27 = 1", "a = '1979-05-27'",
            "a = 1979 # 1979-05-27", "a = 19790527",
        ])
    func noDates(text: String) throws {
        _ = try TOMLDocument(text, file: "x.toml")
    }

    @Test(
        "brackets at the beginning of a line inside lists and texts are not headers",
        arguments: [
            "a = [\n  [\"\"],\n[[{ b = 1 }]],\n[+1]\n]", "a = \"\"\"\n[.b]\n\\\"\"\" \n[.c]\"\"\"\"",
            "a = '''\n[.b]'''",
        ])
    func noHeaders(text: String) throws {
        _ = try TOMLDocument(text, file: "x.toml")
    }
}
