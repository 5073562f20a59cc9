import Domain
import TestSupport
import Testing

@Suite("Assembly of concatenated message parts")
struct PartAssemblyTests {
    private func part(_ id: Int64, _ number: Int, at seconds: Int64, _ body: String = "x") -> PartAssembly.Part {
        PartAssembly.Part(id: id, number: number, sentAt: seconds * 1_000, body: body)
    }

    @Test("the last missing part completes the message, with the parts in the order of their numbers")
    func complete() {
        let assembly = PartAssembly(open: [part(7, 3, at: 2), part(8, 1, at: 0), part(9, 2, at: 1)], total: 3)
        #expect(assembly.message(completedBy: 9) == .init(parts: [8, 9, 7], isIncomplete: false))
    }

    @Test("no message is made while a part is missing")
    func missing() {
        #expect(PartAssembly(open: [part(1, 1, at: 0), part(2, 3, at: 0)], total: 3).message(completedBy: 2) == nil)
        #expect(PartAssembly(open: [], total: 2).message(completedBy: 1) == nil)
        #expect(PartAssembly(open: [part(1, 1, at: 0)], total: 0).message(completedBy: 1) == nil)
    }

    @Test(
        "parts sent too far apart are not joined, even with the same reference", arguments: [(75, true), (76, false)])
    func farApart(seconds: Int64, isOne: Bool) {
        let assembly = PartAssembly(open: [part(1, 1, at: 0), part(2, 2, at: seconds)], total: 2)
        #expect((assembly.message(completedBy: 2) != nil) == isOne)
    }

    @Test(
        "among parts of two messages with one reference the nearest in time is taken; equally near ones are not trusted"
    )
    func nearest() {
        let near = PartAssembly(
            open: [part(1, 1, at: 0, "old"), part(2, 1, at: 40, "new"), part(3, 2, at: 41)], total: 2)
        #expect(near.message(completedBy: 3) == .init(parts: [2, 3], isIncomplete: false))
        let equal = PartAssembly(
            open: [part(1, 1, at: 40, "one"), part(2, 1, at: 42, "other"), part(3, 2, at: 41)], total: 2)
        #expect(equal.message(completedBy: 3)?.isIncomplete == true)
    }

    @Test("at the timeout the newest part of each number makes an incomplete message")
    func remains() {
        let assembly = PartAssembly(open: [part(1, 2, at: 0), part(2, 1, at: 0), part(3, 2, at: 9)], total: 3)
        #expect(assembly.remains() == .init(parts: [2, 3], isIncomplete: true))
    }

    @Test("the order of arrival and open parts of older messages do not change the result", arguments: 1...50)
    func anyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let total = Int.random(in: 2...6, using: &random)
        let own = (1...total).map { part(Int64($0), $0, at: Int64($0), "own \($0)") }
        let old = (1...total).filter { _ in Bool.random(using: &random) }
            .map { part(Int64(100 + $0), $0, at: Int64($0) - 4_000, "old \($0)") }
        let last = Int64.random(in: 1...Int64(total), using: &random)
        let assembly = PartAssembly(open: (own + old).shuffled(using: &random), total: total)
        #expect(
            assembly.message(completedBy: last) == .init(parts: own.map(\.id), isIncomplete: false), "seed \(seed)")
    }
}
