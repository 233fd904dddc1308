// swift-tools-version:6.2
import PackageDescription

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "vedette", path: "..")],
    targets: [
        .executableTarget(
            name: "EmbeddedEngine", dependencies: [.product(name: "VedetteEngine", package: "vedette")])
    ]
)
