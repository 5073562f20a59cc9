/// Finds the bytes of one member of a JSON object as they were sent: a signature is over these bytes, and encoding the
/// value again could change them.
enum JSONMember {
    /// The bytes of the value of the outermost object's member `name`; `nil` if there is none.
    static func bytes(of name: String, in body: [UInt8]) -> ArraySlice<UInt8>? {
        var index = body.startIndex
        var depth = 0
        var key: [UInt8] = []
        while index < body.endIndex {
            switch body[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                let start = index + 1
                index = end(ofStringAt: start, in: body)
                guard index < body.endIndex else { return nil }
                if depth == 1 { key = Array(body[start..<index]) }
            case UInt8(ascii: ":") where depth == 1:
                let start = firstOfValue(after: index, in: body)
                let end = end(ofValueAt: start, in: body)
                guard end <= body.endIndex, start < end else { return nil }
                if key == Array(name.utf8) { return body[start..<end] }
                index = end - 1
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func firstOfValue(after index: Int, in body: [UInt8]) -> Int {
        var index = index + 1
        while index < body.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(body[index]) { index += 1 }
        return index
    }

    /// The index of the closing quote.
    private static func end(ofStringAt start: Int, in body: [UInt8]) -> Int {
        var index = start
        while index < body.endIndex, body[index] != UInt8(ascii: "\"") {
            index += body[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, body.endIndex)
    }

    /// The index behind the value.
    private static func end(ofValueAt start: Int, in body: [UInt8]) -> Int {
        var index = start
        var depth = 0
        while index < body.endIndex {
            switch body[index] {
            case UInt8(ascii: "\""):
                index = end(ofStringAt: index + 1, in: body)
                if depth == 0 { return min(index + 1, body.endIndex) }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return trimmed(start, index, body) }
                depth -= 1
                if depth == 0 { return index + 1 }
            case UInt8(ascii: ",") where depth == 0: return trimmed(start, index, body)
            default: break
            }
            index += 1
        }
        return body.endIndex
    }

    private static func trimmed(_ start: Int, _ end: Int, _ body: [UInt8]) -> Int {
        var end = end
        while end > start, [0x20, 0x09, 0x0a, 0x0d].contains(body[end - 1]) { end -= 1 }
        return end
    }
}
