import Testing
import Workers

@Suite("The work loop")
struct WorkLoopTests {
    private struct Trouble: Error {}

    @Test("the loop works without a pause while there is work, and then sleeps until it is woken")
    func work() async {
        let signal = WakeSignal()
        let loop = WorkLoop(signal)
        let (left, rounds) = (Tally(3), Tally())
        let running = Task {
            await loop.run {
                rounds.add()
                guard left.value > 0 else { return nil }
                left.add(-1)
                return .zero
            } failed: { _ in
                .zero
            }
        }
        while rounds.value < 4 { await Task.yield() }
        left.set(2)
        signal.wake()
        while rounds.value < 7 { await Task.yield() }
        loop.stop()
        await running.value
        #expect(rounds.value == 7)
    }

    @Test("the loop continues after its pause without a wake")
    func periodic() async {
        let loop = WorkLoop(WakeSignal())
        let rounds = Tally()
        await loop.run {
            if rounds.add() == 5 { loop.stop() }
            return .milliseconds(1)
        } failed: { _ in
            .zero
        }
        #expect(rounds.value == 5)
    }

    @Test("an error is passed to the handler, and the loop continues after the rest")
    func errors() async {
        let loop = WorkLoop(WakeSignal())
        let (rounds, told) = (Tally(), Tally())
        await loop.run {
            guard rounds.add() < 4 else {
                loop.stop()
                return nil
            }
            throw Trouble()
        } failed: { _ in
            told.add()
            return .milliseconds(1)
        }
        #expect(told.value == 3)
    }

    @Test("the loop ends when its task is cancelled, even during a long sleep")
    func cancelled() async {
        let loop = WorkLoop(WakeSignal())
        let running = Task {
            await loop.run {
                .seconds(3_600)
            } failed: { _ in
                .zero
            }
        }
        await Task.yield()
        running.cancel()
        await running.value
        #expect(loop.isStopping == false)
    }
}
