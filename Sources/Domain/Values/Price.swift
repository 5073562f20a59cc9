/// A price per kWh or per day, in ten-thousandths of the currency's unit.
package struct Price: Hashable, Sendable, Codable {
    /// 1/10000 of the currency's unit.
    package let tenThousandths: Int64

    package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

    /// The maximum price accepted as input: ten million units of the currency.
    package static let largest = Price(tenThousandths: 100_000_000_000)

    /// Parses an exact decimal, not negative, with at most four decimals; `nil` for anything else or above `largest`.
    package init?(decimal: some StringProtocol) {
        guard let scaled = DecimalText(decimal)?.scaled(to: 4), scaled >= 0, scaled <= Self.largest.tenThousandths
        else { return nil }
        self.init(tenThousandths: scaled)
    }

    /// The price as the shortest exact decimal: `356` or `250.25`.
    package var decimal: String {
        var text = DecimalText.print(tenThousandths, exponent: 4)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    package static func + (a: Price, b: Price) -> Price {
        Price(tenThousandths: a.tenThousandths + b.tenThousandths)
    }

    /// The energy that `money` buys, rounded down to 0.1 kWh. Zero if the price is zero.
    package func energy(for money: Money, in currency: Currency) -> Energy {
        guard tenThousandths > 0, money.isPositive else { return Energy(tenths: 0) }
        let scale = Self.scale(of: currency)
        let tenths = 10 * Int128(money.minor) * scale / Int128(tenThousandths)
        return Energy(tenths: Int64(clamping: tenths))
    }

    /// The cost of `energy`, rounded up to a minor unit. Never more than the money that the energy was computed from.
    package func cost(of energy: Energy, in currency: Currency) -> Money {
        let scale = Self.scale(of: currency) * 10
        let exact = Int128(energy.tenths) * Int128(tenThousandths)
        return Money(minor: Int64(clamping: (exact + scale - 1) / scale))
    }

    /// The total number of days that `money` buys, rounded up.
    package func days(for money: Money, in currency: Currency) -> Int {
        guard tenThousandths > 0, money.isPositive else { return 0 }
        let exact = Int128(money.minor) * Self.scale(of: currency)
        return Int(clamping: (exact + Int128(tenThousandths) - 1) / Int128(tenThousandths))
    }

    /// The number of ten-thousandths of the currency's unit in one minor unit.
    private static func scale(of currency: Currency) -> Int128 {
        (currency.exponent..<4).reduce(1) { scale, _ in scale * 10 }
    }
}
