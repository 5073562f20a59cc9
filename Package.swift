// swift-tools-version: 6.2
import PackageDescription

/// Warnings fail the build where it counts, and do not stop a reader with a newer compiler.
let warnings: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
    [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")] + warnings

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let locks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "gridpost",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gridpost", targets: ["gridpost"]),
        .executable(name: "gridpost-modem", targets: ["gridpost-modem"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        // The values and pure rules of the business.
        .target(name: "Domain", swiftSettings: settings),
        .target(name: "Workers", dependencies: [locks, lifecycle], swiftSettings: settings),
        .target(name: "CSV", dependencies: ["Domain"], swiftSettings: settings),
        .target(name: "StrictTOML", dependencies: ["TOMLKit"], swiftSettings: settings),

        // Rooms that know one thing each.
        .target(name: "CLinux"),
        .systemLibrary(
            name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Tokens", dependencies: ["Domain", "COpenSSL", "StrictTOML"], swiftSettings: settings),
        .target(name: "Messages", dependencies: ["Domain", "StrictTOML"], swiftSettings: settings),
        .target(
            name: "Store", dependencies: ["Domain", "Workers", locks, .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .target(name: "ModemMessages", exclude: ["CONTRACT.md"], swiftSettings: settings),
        .target(
            name: "ModemLink", dependencies: ["ModemMessages", "CLinux", "Workers", locks, log, lifecycle],
            swiftSettings: settings
        ),

        // The stations of a message, and the door for people.
        .target(
            name: "Gateway",
            dependencies: [
                "Domain", "Tokens", "Messages", "Store", "ModemMessages", "ModemLink", "StrictTOML", "Workers", "CSV",
                locks,
                log, lifecycle,
            ],
            swiftSettings: settings),
        .target(
            name: "Admin",
            dependencies: [
                "Domain", "Messages", "Store", "Gateway", "ModemLink", "ModemMessages", "StrictTOML", locks,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOHTTP1", package: "swift-nio"), log, lifecycle,
            ] + nio,
            swiftSettings: settings),
        .target(
            name: "Listener",
            dependencies: [
                "Domain", "Messages", "Tokens", "Store", "Gateway", "Workers", locks,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"), log, lifecycle,
            ] + nio,
            swiftSettings: settings),
        .executableTarget(
            name: "gridpost",
            dependencies: [
                "Domain", "Tokens", "Messages", "Store", "ModemMessages", "ModemLink", "Gateway", "Admin", "Listener",
                "Simulator",
                "StrictTOML", "CLinux", "CSV", log, lifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // The modem's side.
        .systemLibrary(
            name: "CGammu", path: "modem/CGammu/libgammu", pkgConfig: "gammu", providers: [.apt(["libgammu-dev"])]),
        .target(name: "CPace", path: "modem/CGammu/pace"),
        .target(name: "CConfine", path: "modem/CGammu/confine"),
        .executableTarget(
            name: "gridpost-modem", dependencies: ["CGammu", "CPace", "CConfine", "ModemMessages"],
            path: "modem/gridpost-modem", swiftSettings: settings),
        .target(
            name: "Simulator", dependencies: ["Messages", "CLinux", locks], path: "modem/Simulator",
            swiftSettings: settings),

        // What a modem process tries that it must not, for the tests.
        .executableTarget(name: "confinement-probe", dependencies: ["CConfine"], path: "Tests/Confinement"),

        // One folder of tests for each room.
        .target(
            name: "TestSupport",
            dependencies: ["Domain", "CLinux", locks, log, .product(name: "Hummingbird", package: "hummingbird")],
            path: "Tests/Support", swiftSettings: settings),
        .testTarget(
            name: "WorkersTests", dependencies: ["Workers", locks], path: "Tests/Workers", swiftSettings: settings),
        .testTarget(
            name: "DomainTests", dependencies: ["Domain", "TestSupport"], path: "Tests/Domain", swiftSettings: settings),
        .testTarget(
            name: "MessagesTests", dependencies: ["Messages", "Domain", "StrictTOML", "TestSupport"],
            path: "Tests/Messages",
            swiftSettings: settings),
        .testTarget(
            name: "SimulatorTests", dependencies: ["Simulator", "TestSupport"], path: "Tests/Simulator",
            swiftSettings: settings),
        .testTarget(
            name: "ModemLinkTests",
            dependencies: ["ModemLink", "ModemMessages", "Simulator", "TestSupport", locks, log, lifecycle],
            path: "Tests/ModemLink", swiftSettings: settings),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Domain", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/Store", swiftSettings: settings),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "Store", "Domain", "Messages", "Tokens", "ModemMessages", "ModemLink", "TestSupport",
                "StrictTOML", log, .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Gateway", swiftSettings: settings),
        .testTarget(
            name: "ListenerTests",
            dependencies: ["Listener", "Domain", "Gateway", "Messages", "Tokens", "TestSupport"],
            path: "Tests/Listener", swiftSettings: settings),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Admin", "Simulator", "Store", "Tokens", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ] + nio,
            path: "Tests/EndToEnd",
            swiftSettings: settings),
        .testTarget(
            name: "TokensTests", dependencies: ["Tokens", "Domain", "StrictTOML", "TestSupport"], path: "Tests/Tokens",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// Parsers against hostile input: a suite of the tests, or under GRIDPOST_FUZZ the program of `make fuzz` from the same
// files. Both see what is internal, for which the modules must be built for testing.
let fuzzed: [Target.Dependency] = [
    "CSV", "Domain", "StrictTOML", "Messages", "Tokens", "Store", "ModemMessages", "Gateway", "Simulator",
]
if Context.environment["GRIDPOST_FUZZ"] == nil {
    package.targets.append(
        .testTarget(
            name: "FuzzTests", dependencies: fuzzed + ["TestSupport"], path: "Tests/Fuzz", exclude: ["Main"],
            swiftSettings: settings))
} else {
    package.products.append(.executable(name: "gridpost-fuzz", targets: ["gridpost-fuzz"]))
    package.targets.append(
        .executableTarget(
            name: "gridpost-fuzz", dependencies: fuzzed, path: "Tests/Fuzz", exclude: ["Suite"],
            swiftSettings: settings))
}

// `make bench`: the programs of the benchmarks, which nobody else needs to build.
if Context.environment["GRIDPOST_BENCH"] != nil {
    package.products += [
        .executable(name: "gridpost-bench", targets: ["gridpost-bench"]),
        .executable(name: "gammu-bare-loop", targets: ["gammu-bare-loop"]),
    ]
    package.targets += [
        .executableTarget(
            name: "gammu-bare-loop", dependencies: ["CGammu", "CPace"], path: "modem/bare-loop",
            swiftSettings: settings),
        .executableTarget(
            name: "gridpost-bench",
            dependencies: [
                "Domain", "StrictTOML", "Messages", "Tokens", "Store", "ModemMessages", "ModemLink", "Gateway",
                "Simulator", "TestSupport", log, .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/Benchmarks", exclude: ["README.md"], swiftSettings: settings),
    ]
}
