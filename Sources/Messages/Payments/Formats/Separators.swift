/// Characters between words that do not matter.
enum Separators {
    /// Marks that have a meaning and must be present.
    static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || scalar == "%" || scalar == "&" || scalar == "+"
    }

    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", ".", ",", ":", ";", "!", "?", "-", "'", "\"", "(", ")", "*", "#", "=", "[", "]", "/", "<", ">", "_",
            "|", "~":
            true
        default: false
        }
    }
}
