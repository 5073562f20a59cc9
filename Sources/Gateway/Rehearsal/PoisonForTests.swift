#if DEBUG
    import Foundation

    /// Texts that crash or hang the program, in debug builds only. The tests of poison messages need one, and no real
    /// text is known that does so.
    enum PoisonForTests {
        private static let trap = ProcessInfo.processInfo.environment["GRIDPOST_TEST_TRAP"]
        private static let hang = ProcessInfo.processInfo.environment["GRIDPOST_TEST_HANG"]

        static func take(_ text: String) {
            if let trap, text.contains(trap) { fatalError("a text that traps") }
            if let hang, text.contains(hang) { Thread.sleep(forTimeInterval: 3_600) }
        }
    }
#endif
