import Foundation

/// A page of a list; `next` is the cursor of the next page.
package struct PageView<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}
