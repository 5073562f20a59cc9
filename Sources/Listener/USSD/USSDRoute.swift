import Messages

/// One aggregator with those who may call it.
package struct USSDRoute: Sendable {
    package var aggregator: USSDAggregator
    package var rule: CallerRule

    package init(aggregator: USSDAggregator, rule: CallerRule) {
        self.aggregator = aggregator
        self.rule = rule
    }
}
