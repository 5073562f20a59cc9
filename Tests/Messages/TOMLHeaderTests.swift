import StrictTOML
import Testing

@Suite("TOML files")
struct TOMLHeaderTests {
    @Test(
        "a header without a name is a fault with its line, and does not end the process",
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
        "brackets at the beginning of a line inside lists and texts are no headers",
        arguments: [
            "a = [\n  [\"\"],\n[[{ b = 1 }]],\n[+1]\n]", "a = \"\"\"\n[.b]\n\\\"\"\" \n[.c]\"\"\"\"",
            "a = '''\n[.b]'''",
        ])
    func noHeaders(text: String) throws {
        _ = try TOMLDocument(text, file: "x.toml")
    }
}
