// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "vedette", path: "..")],
    targets: [
        .executableTarget(
            name: "bench",
            dependencies: [
                .product(name: "VedetteEngine", package: "vedette"),
                .product(name: "VedetteReaders", package: "vedette"),
            ])
    ]
)
