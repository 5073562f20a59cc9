import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import ModemLink
import Store
import Workers

/// Who changes something: the user at the other end of the socket.
struct Peer: Sendable {
    let uid: UInt32?
    /// The user's login name, looked up before anything is changed: that may take its time.
    let name: String

    init(uid: UInt32?) {
        self.uid = uid
        name = uid.map(Self.name) ?? "admin"
    }

    private static func name(of uid: UInt32) -> String {
        var entry = passwd()
        // The entry's texts stand in the buffer: both live until the name was copied.
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
