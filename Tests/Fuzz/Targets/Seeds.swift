import Foundation
import Messages

/// Inputs and words shared by all targets, and the files from which seeds are read.
enum Seeds {
    /// The source checkout from which the program was built.
    static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The shipped templates, loaded once.
    static let library: Library = {
        do {
            return try Library(
                LibraryFolders(shipped: checkout.appendingPathComponent("templates").path, overrides: nil))
        } catch {
            fatalError("the shipped templates do not load:\n\(error)")
        }
    }()

    /// The text of a file of the checkout.
    static func text(_ path: String) -> String {
        guard let text = try? String(contentsOf: checkout.appendingPathComponent(path), encoding: .utf8) else {
            fatalError("\(path) cannot be read")
        }
        return text
    }

    /// The JSON of a file in `Tests/Fixtures`.
    static func fixture<Value: Decodable>(_ name: String, as type: Value.Type) -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(text("Tests/Fixtures/\(name)").utf8))
        } catch {
            fatalError("\(name) cannot be read: \(error)")
        }
    }

    /// Numbers at and beyond the limits of common types.
    static let numbers = [
        "0", "-1", "1", "127", "128", "255", "256", "32767", "32768", "65535", "65536", "2147483647", "-2147483648",
        "2147483648", "4294967295", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "9999999999999999", "99999999999999999999", "340282366920938463463374607431768211455", "1e308", "-0.0", "NaN",
        "0.000000000000000000001",
    ]

    /// Texts that are known to crash parsers.
    static let nasty: [String] = [
        "", " ", "\0", "a\0b", "\u{feff}", "9999999999999999k", "9223372036854775807k", "-9223372036854775808",
        "#-9223372036854775808", "#9223372036854775808", "99999999999999999999", "#99999999999999999999 hello",
        "close 99999999999999999999", "ticket 9223372036854775807", "t-99999", "tsh 9999999999999999k",
        "1,000,000,000,000,000,000,000k", "9999999999999.999", "½k", "²³k", "٣٤٥k", "૧૨૩૪ tsh", "１２３４５６７８９",
        String(repeating: "9", count: 2_000), String(repeating: "9,", count: 1_000),
        String(repeating: "9 ", count: 1_000),
        String(repeating: "1.", count: 1_000), String(repeating: "a", count: 2_000),
        String(repeating: "a ", count: 1_000),
        String(repeating: "million ", count: 200), String(repeating: "thousand hundred ", count: 100),
        "999999 million million million", "😀", "👩‍👩‍👧‍👦🏳️‍🌈", "🇹🇿🇰🇪🇺", "\u{202e}0005 hsT\u{202c}", "\u{200f}5000\u{200f}",
        "e" + String(repeating: "\u{301}", count: 10_000), String(repeating: "\u{301}", count: 500),
        "\u{fdfa}\u{fdfa}\u{fdfa}", "ﬃ İıſß ŉ", "\u{2028}\u{2029}\u{85}", "\r\n\r\n\r\n", "\u{1a}\u{1b}",
        "\u{ffff}\u{10ffff}\u{fffd}", "\u{1f}\u{7f}", String(repeating: "\"", count: 99),
        String(repeating: "[", count: 300),
        String(repeating: "(", count: 300), String(repeating: "{\"a\":", count: 300), "[[[[]]]]", "...,,,;;;",
        "- - - -",
    ]

    /// Invalid UTF-8: cut off, overlong, lone surrogates.
    static let brokenBytes: [[UInt8]] = [
        [0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0xed, 0xa0, 0x80], [0xed, 0xb0, 0x80, 0x35, 0x30, 0x30],
        [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [UInt8](repeating: 0x80, count: 300), [UInt8](0...255),
    ]
}
