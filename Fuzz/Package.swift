// swift-tools-version:6.2
import PackageDescription

/// One program a parser.
///
/// `scripts/fuzz` builds them: everything, the dependencies too, must be instrumented, and the
/// fuzzer's runtime must be linked (`-sanitize=fuzzer,address`).
let readers: [Target.Dependency] = ["FuzzSupport", .product(name: "VedetteReaders", package: "vedette")]
let engine: [Target.Dependency] = ["FuzzSupport", .product(name: "VedetteEngine", package: "vedette")]
let both = engine + [.product(name: "VedetteReaders", package: "vedette")]

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "vedette", path: "..")],
    targets: [
        // Declares the entry of the fuzzer's runtime.
        .target(name: "CFuzzer"),
        // What the programs share: running a target, feeding a reader, and what must hold of every batch.
        .target(
            name: "FuzzSupport",
            dependencies: [
                "CFuzzer", .product(name: "VedetteEngine", package: "vedette"),
                .product(name: "VedetteReaders", package: "vedette"),
            ]),
        .executableTarget(name: "FuzzAudit", dependencies: readers),
        .executableTarget(name: "FuzzSysmonXML", dependencies: readers),
        .executableTarget(name: "FuzzSyslog", dependencies: readers),
        .executableTarget(name: "FuzzJSON", dependencies: readers),
        .executableTarget(name: "FuzzInput", dependencies: readers),
        .executableTarget(name: "FuzzPython", dependencies: readers),
        .executableTarget(name: "FuzzSigma", dependencies: engine),
        .executableTarget(name: "FuzzCache", dependencies: engine),
        .executableTarget(name: "FuzzPipeline", dependencies: engine),
        .executableTarget(name: "FuzzCondition", dependencies: engine),
        .executableTarget(name: "FuzzEngine", dependencies: both),
        .executableTarget(
            name: "FuzzStrategy",
            dependencies: ["FuzzSupport", .product(name: "VedetteStrategies", package: "vedette")]),
    ]
)
