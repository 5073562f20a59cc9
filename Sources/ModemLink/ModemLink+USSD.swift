import ModemMessages
import NIOConcurrencyHelpers

/// USSD sessions. While one is open, nothing is sent; a message that waits for `USSDSession.longestWait` ends it.
extension ModemLink {
    package var isInUSSD: Bool { state.withLockedValue { $0.session != nil } }

    /// Sends a service code, or the answer to the menu of an open session, and waits for the network.
    package func dial(
        _ code: String, in open: USSDSession.ID? = nil, seconds: Int = USSDSession.usualStep
    ) async -> USSDStep {
        switch begin(open) {
        case .failure(let step): return step
        case .success(let session):
            let seconds = min(max(seconds, 1), USSDSession.longestStep)
            return await finish(await ask(code, session, isFirst: open == nil, seconds), session)
        }
    }

    /// Gives the command to the modem process when it is this call's turn; `nil` if a message waits by then.
    private func ask(_ code: String, _ session: USSDSession, isFirst: Bool, _ seconds: Int) async -> Result<
        ModemAnswer, CallFailure
    >? {
        await takeTurn()
        defer { passTurn() }
        let (givesWay, child) = state.withLockedValue { state -> (Bool, ModemChannel?) in
            // Without a session, the process has ended meanwhile.
            guard let open = state.session, open.id == session.id, !open.givesWay else {
                return (state.session?.id == session.id, nil)
            }
            state.session?.isAsked = true
            return (false, state.child)
        }
        guard let child else { return givesWay ? nil : .failure(.notStarted) }
        defer {
            state.withLockedValue { state in
                if state.session?.id == session.id { state.session?.isAsked = false }
            }
        }
        return await ask(
            child, .dial(code, isFirst: isFirst, seconds: seconds),
            deadline: .seconds(seconds) + configuration.callDeadline)
    }

    /// Ends a session; does nothing if it is over.
    package func endUSSD(_ session: USSDSession.ID) async {
        let isOpen = state.withLockedValue { state in
            guard state.session?.id == session else { return false }
            state.session?.steps += 1
            // Nobody may continue it while it is being ended.
            state.session?.isDialling = true
            return true
        }
        guard isOpen else { return }
        _ = await call(.endUSSD, deadline: configuration.callDeadline)
        close(session)
    }

    private enum Beginning {
        case success(USSDSession)
        case failure(USSDStep)
    }

    private func begin(_ open: USSDSession.ID?) -> Beginning {
        let beginning = state.withLockedValue { state -> Beginning in
            guard state.child != nil else { return .failure(.unavailable(reason: "the modem is not ready")) }
            var session: USSDSession
            if let open {
                guard let current = state.session, current.id == open else { return .failure(.closed) }
                guard !current.isDialling else { return .failure(.busy) }
                session = current
            } else {
                guard state.session == nil else { return .failure(.busy) }
                state.lastSession += 1
                session = USSDSession(id: state.lastSession)
            }
            session.steps += 1
            session.isDialling = true
            state.session = session
            return .success(session)
        }
        if case .success(let session) = beginning, open == nil, isSendWaiting { giveWayLater(session.id) }
        return beginning
    }

    private func finish(_ answer: Result<ModemAnswer, CallFailure>?, _ session: USSDSession) async -> USSDStep {
        let step: USSDStep
        switch answer {
        case .success(.dialled(.said(let lines))) where lines.last?.state == 1: step = .wantsAnswer(session.id, lines)
        case .success(.dialled(.said(let lines))): step = .ended(lines)
        case .success(.dialled(.silent(let lines))): step = .silent(lines)
        case .success(.dialled(.interrupted(let lines))): step = .gaveWay(lines)
        case .success(.dialled(.refused(let reason))): step = .refused(reason: reason)
        case .success(.failed(let failure)): step = .unavailable(reason: failure.reason)
        case .success, .failure: step = .unavailable(reason: "the modem stopped answering")
        case nil: step = .notDialled
        }
        guard case .wantsAnswer(_, let lines) = step else {
            await endUSSD(session.id)
            return step
        }
        let goesOn = state.withLockedValue { state in
            guard state.session?.id == session.id, state.session?.givesWay == false else { return false }
            state.session?.isDialling = false
            return true
        }
        guard goesOn else {
            await endUSSD(session.id)
            return .gaveWay(lines)
        }
        endLater(session)
        return step
    }

    /// Ends a session that nobody continues.
    private func endLater(_ session: USSDSession) {
        Task { [weak self] in
            try? await Task.sleep(for: USSDSession.longestPause)
            guard let self,
                state.withLockedValue({ $0.session?.steps == session.steps && $0.session?.id == session.id })
            else { return }
            await endUSSD(session.id)
        }
    }

    // MARK: Messages that wait

    /// Waits until no session is open. Ends the open one if that takes too long.
    func waitForUSSD() async {
        while let open = state.withLockedValue({ $0.session?.id }) {
            giveWayLater(open)
            await withCheckedContinuation { continuation in
                let isOver = state.withLockedValue { state in
                    guard state.session?.id == open else { return true }
                    state.sessionWaiters.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        }
    }

    private var isSendWaiting: Bool { state.withLockedValue { $0.waitingSends > 0 } }

    /// Ends the session for a message, if one still waits then.
    func giveWayLater(_ session: USSDSession.ID) {
        Task { [weak self] in
            try? await Task.sleep(for: USSDSession.longestWait)
            await self?.giveWay(session)
        }
    }

    private func giveWay(_ session: USSDSession.ID) async {
        let (isDialling, asked) = state.withLockedValue { state -> (Bool, ModemChannel?) in
            guard let open = state.session, open.id == session, state.waitingSends > 0 else { return (true, nil) }
            state.session?.givesWay = true
            return (open.isDialling, open.isAsked ? state.child : nil)
        }
        guard isDialling else { return await endUSSD(session) }
        // The step ends the session itself; its wait for the network ends as soon as the process sees this command.
        if let asked { _ = try? await asked.call(.endUSSD, deadline: configuration.callDeadline) }
    }

    private func close(_ session: USSDSession.ID) {
        let waiters = state.withLockedValue { state in
            guard state.session?.id == session else { return [CheckedContinuation<Void, Never>]() }
            state.session = nil
            defer { state.sessionWaiters = [] }
            return state.sessionWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Closes the session of a process that has ended.
    func closeUSSD() {
        if let session = state.withLockedValue({ $0.session?.id }) { close(session) }
    }
}
