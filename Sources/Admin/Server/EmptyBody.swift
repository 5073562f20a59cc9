import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import StrictTOML

/// An empty request or response body.
struct EmptyBody: Codable, Sendable {}
