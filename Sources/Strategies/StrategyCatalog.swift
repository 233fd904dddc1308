// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The strategies of one or several folders.
public struct StrategyCatalog: Sendable {
    /// The strategies, by id.
    public private(set) var strategies: [Strategy] = []

    /// Reads strategies: each path is a strategy's folder, or a folder of such folders.
    public init(paths: [String]) throws(StrategyError) {
        for path in paths {
            let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            if let one = try Strategy(path: trimmed) {
                strategies.append(one)
                continue
            }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: trimmed) else {
                throw StrategyError(
                    path: trimmed, message: "no such folder; give a strategy's folder or one that holds some")
            }
            let before = strategies.count
            for name in names.sorted() {
                if let one = try Strategy(path: trimmed + "/" + name) { strategies.append(one) }
            }
            if strategies.count == before {
                throw StrategyError(
                    path: trimmed, message: "holds no strategy; a strategy is a folder with a strategy.md")
            }
        }
    }

    /// The folders of all rules.
    public var rulePaths: [String] {
        strategies.map(\.rulesPath).filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// The strategy a rule file belongs to.
    public func strategy(ofRuleFile file: String) -> Strategy? {
        strategies.first { file.hasPrefix($0.rulesPath + "/") }
    }

    /// The folder of the shipped strategies: `VEDETTE_STRATEGIES` if set, else `Strategies` in a folder above the
    /// program (a checkout), else `../share/vedette/Strategies` beside it (an installation).
    public static func shippedPath(program: String, environment: [String: String]) -> String? {
        if let named = environment["VEDETTE_STRATEGIES"], !named.isEmpty { return named }
        var folder = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
        let installed = folder.deletingLastPathComponent().appendingPathComponent("share/vedette/Strategies").path
        if isFolderOfStrategies(installed) { return installed }
        for _ in 0..<6 {
            let candidate = folder.appendingPathComponent("Strategies").path
            if isFolderOfStrategies(candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }

    private static func isFolderOfStrategies(_ path: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.contains { FileManager.default.fileExists(atPath: "\(path)/\($0)/strategy.md") }
    }
}
