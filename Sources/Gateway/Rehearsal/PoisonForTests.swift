#if DEBUG
    import Foundation

    /// Texts that stop the program that reads them, in debug builds alone: the tests of what is set aside need one, and
    /// every text that did so was mended.
    enum PoisonForTests {
        private static let trap = ProcessInfo.processInfo.environment["GRIDPOST_TEST_TRAP"]
        private static let hang = ProcessInfo.processInfo.environment["GRIDPOST_TEST_HANG"]

        static func take(_ text: String) {
            if let trap, text.contains(trap) { fatalError("a text that traps") }
            if let hang, text.contains(hang) { Thread.sleep(forTimeInterval: 3_600) }
        }
    }
#endif
