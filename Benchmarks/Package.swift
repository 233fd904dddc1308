// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "vedette", path: "..")],
    targets: [
        .target(name: "CFloor", linkerSettings: [.linkedLibrary("simdjson")]),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CFloor",
                .product(name: "VedetteEngine", package: "vedette"),
                .product(name: "VedetteReaders", package: "vedette"),
                .product(name: "VedetteStrategies", package: "vedette"),
                .product(name: "VedetteTestSupport", package: "vedette"),
            ]),
    ]
)
