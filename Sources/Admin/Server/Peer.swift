import Foundation

/// The user at the other end of the socket.
struct Peer: Sendable {
    let uid: UInt32?
    /// The user's login name, looked up before the transaction because the lookup may be slow.
    let name: String

    init(uid: UInt32?) {
        self.uid = uid
        name = uid.map(Self.name) ?? "admin"
    }

    private static func name(of uid: UInt32) -> String {
        var entry = passwd()
        // The entry points into the buffer: both must live until the name has been copied.
        let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { buffer in
            withUnsafeMutablePointer(to: &entry) { entry -> String? in
                var found: UnsafeMutablePointer<passwd>?
                guard let room = buffer.baseAddress,
                    getpwuid_r(uid, entry, room, buffer.count, &found) == 0, let name = found?.pointee.pw_name
                else { return nil }
                return String(cString: name)
            }
        }
        return name ?? "uid \(uid)"
    }
}
