import Simulator
import Foundation
var o = SimulatedModem.Options(); o.link = "/tmp/simport"
let m = try SimulatedModem(o)
m.deliver(from: "M-PESA", "BGT7C2PL4M8 Confirmed.You have received Tsh500.00 from 255754000126 - NEEMA €[x] on 5/8/24 at 9:12 AM New M-Pesa balance is Tsh16,118.00.")
m.deliver(from: "+255754000126", String(repeating: "Habari yako rafiki ", count: 12))
m.deliver(from: "+255754000126", "Привет")
print(m.path)
var n = 0, k = 0
while true {
    Thread.sleep(forTimeInterval: 0.2)
    let c = m.commands; for x in c.dropFirst(n) { print("  ", x) }; n = c.count
    let s = m.sent; for x in s.dropFirst(k) { print("SENT", x) }; k = s.count
    fflush(nil)
}
