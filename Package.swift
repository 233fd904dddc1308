// swift-tools-version:6.2
import PackageDescription

// Evolution proposals and compiler switches, one line each:
// SE-0335 ExistentialAny, SE-0444 MemberImportVisibility, SE-0480 warnings as errors.
let base: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Targets on the per-event path: every unsafe use is spelt out (SE-0458).
let core: [SwiftSetting] = base + [.strictMemorySafety()]

let package = Package(
    name: "vedette",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "vedette", targets: ["vedette"]),
        .library(name: "VedetteEngine", targets: ["Bytes", "Events", "Sigma", "Detection"]),
        .library(name: "VedetteStrategies", targets: ["Strategies", "Linting"]),
        .library(name: "VedetteReaders", targets: ["Readers", "Enrichment"]),
        // For the benchmarks, which hold the engine against the plain evaluator at full length.
        .library(name: "VedetteTestSupport", targets: ["TestSupport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        // C shims over the distribution's libraries.
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CCmark", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),

        // Vector instructions, which Swift cannot spell well.
        .target(name: "CScan"),

        // From the leaf up: each imports only what stands above it.
        .target(name: "Bytes", swiftSettings: core),
        .target(name: "Files", swiftSettings: core),
        .target(name: "Events", dependencies: ["Bytes"], exclude: ["Catalogue/fields.yml"], swiftSettings: core),
        .target(
            name: "Readers", dependencies: ["Bytes", "Files", "Events", "CScan", "CSimdjson", "CZlib", "CZstd"],
            swiftSettings: core),
        .target(
            name: "Sigma", dependencies: ["Bytes", "Files", .product(name: "Yams", package: "Yams")],
            swiftSettings: base),
        .target(
            name: "Detection",
            dependencies: [
                "Bytes", "Events", "Sigma", "CPCRE2", "CScan",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ], swiftSettings: core),
        .target(name: "Enrichment", dependencies: ["Bytes", "Events", "CZlib"], swiftSettings: core),
        .target(name: "Attack", swiftSettings: base),
        .target(
            name: "Strategies", dependencies: ["Bytes", "Sigma", "CCmark"], swiftSettings: base),
        .target(
            name: "Linting", dependencies: ["Bytes", "Files", "Events", "Sigma", "Detection", "Attack", "Strategies"],
            swiftSettings: base),
        .target(
            name: "Alerts",
            dependencies: [
                "Bytes", "Events", "Sigma", "Detection", "Strategies",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ], swiftSettings: base),
        .target(
            name: "Pipeline",
            dependencies: ["Events", "Readers", "Sigma", "Detection", "Enrichment", "Alerts"], swiftSettings: base),
        .target(
            name: "Proving",
            dependencies: [
                "Bytes", "Events", "Readers", "Sigma", "Detection", "Strategies", "Linting", "Alerts", "Pipeline",
            ], swiftSettings: base),
        .target(
            name: "Outputs",
            dependencies: [
                "Bytes", "Events", "Sigma", "Detection", "Alerts", "Readers", "Attack", "Strategies", "Proving",
                "CCmark",
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: base),
        .executableTarget(
            name: "vedette",
            dependencies: [
                "Bytes", "Events", "Readers", "Sigma", "Detection", "Enrichment", "Attack", "Strategies", "Linting",
                "Alerts", "Pipeline", "Proving", "Outputs",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: base),
        .executableTarget(
            name: "generate-reference",
            dependencies: ["Sigma", "Linting", .product(name: "Yams", package: "Yams")],
            path: "Sources/GenerateReference", swiftSettings: base),

        .testTarget(name: "BytesTests", dependencies: ["Bytes"], swiftSettings: base),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: base),
        .testTarget(name: "AttackTests", dependencies: ["Attack"], swiftSettings: base),
        .testTarget(name: "EventsTests", dependencies: ["Events"], swiftSettings: base),
        .testTarget(
            name: "ReadersTests", dependencies: ["Readers", "Events", "Bytes", "TestSupport"], swiftSettings: base),
        .testTarget(name: "SigmaTests", dependencies: ["Sigma", "TestSupport"], swiftSettings: base),
        .testTarget(
            name: "DetectionTests", dependencies: ["Detection", "CScan", "Sigma", "Events", "Bytes", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "EnrichmentTests", dependencies: ["Enrichment", "Events", "Bytes", "CZlib", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "AlertsTests",
            dependencies: ["Alerts", "Strategies", "Detection", "Sigma", "Events", "Bytes", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "StrategiesTests", dependencies: ["Strategies", "Sigma", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "LintingTests", dependencies: ["Linting", "Strategies", "Sigma", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "ProvingTests",
            dependencies: ["Proving", "Linting", "Strategies", "Pipeline", "Alerts", "Sigma", "TestSupport"],
            swiftSettings: base),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "Strategies", "Alerts", "Detection", "Enrichment", "Readers", "Sigma", "Events", "Bytes",
                "TestSupport",
            ], swiftSettings: base),
        .testTarget(
            name: "OutputsTests",
            dependencies: [
                "Outputs", "Alerts", "Detection", "Readers", "Sigma", "Events", "Bytes", "Attack", "Strategies",
                "Proving", "TestSupport",
            ],
            exclude: ["Golden", "Support"], swiftSettings: base),
        // Files to alerts over everything above, and the program itself from outside.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "vedette", "Pipeline", "Readers", "Strategies", "Linting", "Alerts", "Outputs", "Sigma", "Events",
                "CZlib",
                "CZstd",
                "TestSupport",
            ],
            exclude: ["Golden"], swiftSettings: base),
        // What several test targets share: the plain Sigma evaluator (the oracle), corpora, temporary folders.
        .target(
            name: "TestSupport", dependencies: ["Bytes", "Events", "Sigma", "Detection", "Strategies", "CZlib"],
            path: "Tests/TestSupport",
            swiftSettings: base),
    ]
)
