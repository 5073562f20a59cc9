import Foundation

/// Runs libFuzzer with its command line.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Called by libFuzzer for each input. A broken rule ends the process like a trap, so that libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    do {
        try Fuzzer.target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError("broken rule: \(error)")
    }
    return 0
}

/// The main function, under the name that the package manager expects.
@_cdecl("gridpost_fuzz_main")
public func begin(_ count: Int32, _ given: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
    let all = Fuzzer.arguments()
    // libFuzzer uses them until the process ends, so they are not freed.
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: all.count + 1)
    for (place, argument) in all.enumerated() { list[place] = strdup(argument) }
    list[all.count] = nil
    var count = Int32(all.count)
    var start: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = list
    return runDriver(&count, &start, testOneInput)
}

/// Drives one target with libFuzzer: `gridpost-fuzz TARGET [options] [inputs to run again]`.
enum Fuzzer {
    static let target: FuzzTarget = {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        guard CommandLine.arguments.count > 1, let target = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
            FileHandle.standardError.write(Data("usage: gridpost-fuzz TARGET [options]; targets: \(names)\n".utf8))
            exit(64)
        }
        return target
    }()

    /// The command line for libFuzzer: the folders of the inputs, then the given arguments.
    static func arguments() -> [String] {
        let given = Array(CommandLine.arguments.dropFirst(2))
        let folder = Seeds.checkout.path + "/.build-fuzz/found"
        var arguments = [CommandLine.arguments[0]]
        do {
            let corpus = "\(folder)/\(target.rawValue)"
            try FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
            for (number, seed) in target.seeds.enumerated() {
                try Data(seed).write(to: URL(fileURLWithPath: "\(corpus)/seed-\(number)"))
            }
            let words = target.words.map { "\"" + $0.utf8.map(escaped).joined() + "\"\n" }
            try words.joined().write(toFile: "\(corpus).words", atomically: true, encoding: .utf8)
            // If inputs are given, only these are run.
            if !given.contains(where: { !$0.hasPrefix("-") }) { arguments.append(corpus) }
            arguments += ["-dict=\(corpus).words", "-artifact_prefix=\(corpus)-"]
        } catch {
            fatalError("the seeds cannot be written: \(error)")
        }
        let limits = ["-timeout=10", "-rss_limit_mb=2048", "-detect_leaks=0", "-max_len=4096"]
        return arguments + limits + ["-print_final_stats=1"] + given
    }

    private static func escaped(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16)
        return "\\x" + (hex.count < 2 ? "0" : "") + hex
    }
}
