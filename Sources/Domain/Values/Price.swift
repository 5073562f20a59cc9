/// A price of one kWh (or one day) in ten-thousandths of the currency's unit.
package struct Price: Hashable, Sendable, Codable {
    /// 1/10000 of the currency's unit.
    package let tenThousandths: Int64

    package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    /// The largest price that any input may name: ten million of the currency's unit.
    package static let largest = Price(tenThousandths: 100_000_000_000)

    /// Reads an exact decimal with at most four decimals, not negative.
    package init?(decimal: some StringProtocol) {
        guard let scaled = DecimalText(decimal)?.scaled(to: 4), scaled >= 0, scaled <= Self.largest.tenThousandths
        else { return nil }
        self.init(tenThousandths: scaled)
    }

    /// The shortest exact decimal: `356` or `250.25`.
    package var decimal: String {
        var text = DecimalText.print(tenThousandths, exponent: 4)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    package static func + (a: Price, b: Price) -> Price {
        Price(tenThousandths: a.tenThousandths + b.tenThousandths)
    }

    /// How much energy `money` buys: whole 0.1 kWh, rounded down. Zero for a price of zero, which sells nothing.
    package func energy(for money: Money, in currency: Currency) -> Energy {
        guard tenThousandths > 0, money.isPositive else { return Energy(tenths: 0) }
        let scale = Self.scale(of: currency)
        let tenths = 10 * Int128(money.minor) * scale / Int128(tenThousandths)
        return Energy(tenths: Int64(clamping: tenths))
    }

    /// What `energy` costs, rounded up to a minor unit. Never more than the money it was computed from.
    package func cost(of energy: Energy, in currency: Currency) -> Money {
        let scale = Self.scale(of: currency) * 10
        let exact = Int128(energy.tenths) * Int128(tenThousandths)
        return Money(minor: Int64(clamping: (exact + scale - 1) / scale))
    }

    /// How many days `money` buys in all, a begun day counted whole.
    package func days(for money: Money, in currency: Currency) -> Int {
        guard tenThousandths > 0, money.isPositive else { return 0 }
        let exact = Int128(money.minor) * Self.scale(of: currency)
        return Int(clamping: (exact + Int128(tenThousandths) - 1) / Int128(tenThousandths))
    }

    /// Ten-thousandths of the unit in one minor unit.
    private static func scale(of currency: Currency) -> Int128 {
        (currency.exponent..<4).reduce(1) { scale, _ in scale * 10 }
    }
}
