import Foundation

/// The substitution and permutation tables of EA07.
package struct EA07Tables: Hashable, Sendable {
    package let s1: [UInt8]
    package let s2: [UInt8]
    /// The new position of each bit of the block.
    package let permutation: [UInt8]

    /// - Throws: `TokenError` with code `badTables` unless the tables are permutations of 0...15, 0...15 and 0...63.
    package init(s1: [UInt8], s2: [UInt8], permutation: [UInt8]) throws(TokenError) {
        func check(_ table: [UInt8], _ count: UInt8, _ name: String) throws(TokenError) {
            guard table.sorted() == Array(0..<count) else {
                throw TokenError(.badTables, "the EA07 table '\(name)' is not a permutation of 0 to \(count - 1)")
            }
        }
        try check(s1, 16, "s1")
        try check(s2, 16, "s2")
        try check(permutation, 64, "perm")
        self.s1 = s1
        self.s2 = s2
        self.permutation = permutation
    }

    /// Reads the operator's file after checking its permissions.
    ///
    /// - Throws: `KeyFileRights.Refusal` for wrong permissions; `TokenError` with code `badTables` for wrong contents.
    package init(secret: SecretFile) throws {
        try secret.check()
        try self.init(file: secret.path)
    }

    /// Reads the operator's file: `{"s1":[16],"s2":[16],"perm":[64]}`.
    ///
    /// - Throws: `TokenError` with code `badTables` if it cannot be read or its tables are not permutations.
    package init(file path: String) throws(TokenError) {
        struct File: Decodable {
            let s1: [UInt8]
            let s2: [UInt8]
            let perm: [UInt8]
        }
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw TokenError(
                .badTables,
                "\(path) cannot be read as {\"s1\":[16],\"s2\":[16],\"perm\":[64]}: \(error.localizedDescription)")
        }
        try self.init(s1: file.s1, s2: file.s2, permutation: file.perm)
    }

    /// The sample tables from public descriptions of IEC 62055-41, for testing. No meter in the field uses them.
    package static let sample: EA07Tables = {
        do {
            return try EA07Tables(
                s1: [12, 10, 8, 4, 3, 15, 0, 2, 14, 1, 5, 13, 6, 9, 7, 11],
                s2: [6, 9, 7, 4, 3, 10, 12, 14, 2, 13, 1, 15, 0, 11, 8, 5],
                permutation: [
                    29, 27, 34, 9, 16, 62, 55, 2, 40, 49, 38, 25, 33, 61, 30, 23,
                    1, 41, 21, 57, 42, 15, 5, 58, 19, 53, 22, 17, 48, 28, 24, 39,
                    3, 60, 36, 14, 11, 52, 54, 12, 31, 51, 10, 26, 0, 45, 37, 43,
                    44, 6, 59, 4, 7, 35, 56, 50, 13, 18, 32, 47, 46, 63, 20, 8,
                ])
        } catch {
            preconditionFailure("the constant sample tables are not permutations: \(error)")
        }
    }()
}
