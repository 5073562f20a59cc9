import Testing
import Workers

@Suite("Wake signals")
struct WakeSignalTests {
    @Test("a wake before the wait is kept, but only one")
    func kept() async {
        let signal = WakeSignal()
        signal.wake()
        signal.wake()
        await signal.wait()
        let start = ContinuousClock.now
        await signal.wait(timeout: .milliseconds(30))
        #expect(ContinuousClock.now - start >= .milliseconds(30))
    }

    @Test("a wait ends when its task is cancelled")
    func cancelled() async {
        let signal = WakeSignal()
        let waiting = Task { _ = await signal.wait() }
        waiting.cancel()
        await waiting.value
        let begun = Task { _ = await signal.wait(timeout: .seconds(600)) }
        await Task.yield()
        begun.cancel()
        await begun.value
    }

    @Test("the timeout of an earlier wait does not end a later one")
    func staleTimeout() async {
        let signal = WakeSignal()
        for _ in 0..<50 {
            let waiting = Task { _ = await signal.wait(timeout: .milliseconds(1)) }
            signal.wake()
            await waiting.value
        }
        let start = ContinuousClock.now
        await signal.wait(timeout: .milliseconds(50))
        // One wake may be left over from the last wait, if its timeout came first.
        if ContinuousClock.now - start < .milliseconds(50) {
            let again = ContinuousClock.now
            await signal.wait(timeout: .milliseconds(50))
            #expect(ContinuousClock.now - again >= .milliseconds(50))
        }
    }

    @Test("no wake is lost between many wakers and one waiter with timeouts")
    func races() async {
        let signal = WakeSignal()
        let made = Tally()
        let seen = Tally()
        let wakers = 4
        let each = 500
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<wakers {
                group.addTask {
                    for _ in 0..<each {
                        made.add()
                        signal.wake()
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                // A count made before a wake is visible after it, so the last wake ends the loop without a timeout.
                while seen.value < wakers * each {
                    await signal.wait(timeout: Bool.random() ? .microseconds(50) : nil)
                    seen.set(made.value)
                }
            }
        }
        #expect(seen.value == wakers * each)
    }

    @Test("a wake reaches all workers of its kind of work and no others")
    func kinds() async {
        let signals = WakeSignals()
        let (first, second, other) = (
            signals.signal(for: .outbox), signals.signal(for: .outbox), signals.signal(for: .vendor("a"))
        )
        signals.wake(.outbox)
        await first.wait()
        await second.wait()
        signals.wake(.vendor("b"))
        let start = ContinuousClock.now
        await other.wait(timeout: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }
}
