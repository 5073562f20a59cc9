import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import StrictTOML

/// A body or an answer without anything in it.
struct EmptyBody: Codable, Sendable {}
