import ArgumentParser
import CLinux
import Foundation
import Tokens

/// The output that the daemon reads.
enum ExchangeReply: Codable, Sendable {
    case answer(VendorAnswer)
    case failure(VendorFailure)
}
