// SPDX-License-Identifier: Apache-2.0
import Alerts
import ArgumentParser
import Foundation
import Sigma
import Strategies

/// Which rules are in force.
struct RuleOptions: ParsableArguments {
    @Option(
        name: .customLong("rules"),
        help: ArgumentHelp("A rule file, or a folder that is searched for .yml files. Repeatable.", valueName: "path"))
    var rulePaths: [String] = []

    @Option(
        name: .customLong("strategies"),
        help: ArgumentHelp(
            "A strategy's folder, or a folder of such. Repeatable. Without --rules and --strategies the shipped ones.",
            valueName: "path"))
    var strategyPaths: [String] = []

    @Option(
        name: .customLong("pipeline"),
        help: ArgumentHelp(
            "A processing pipeline in pySigma's format, applied to all rules. Repeatable.", valueName: "file"))
    var pipelines: [String] = []

    @OptionGroup var cacheOptions: CacheOptions

    /// The strategies asked for.
    func catalog() throws -> StrategyCatalog {
        var paths = strategyPaths
        if paths.isEmpty && rulePaths.isEmpty {
            let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
            guard
                let shipped = StrategyCatalog.shippedPath(
                    program: program, environment: ProcessInfo.processInfo.environment)
            else {
                throw Failure(
                    "the shipped strategies were not found; name some with --strategies or --rules, or in VEDETTE_STRATEGIES"
                )
            }
            paths = [shipped]
        }
        return try StrategyCatalog(paths: paths)
    }

    /// Loads the rules asked for; those of strategies first.
    func load(_ catalog: StrategyCatalog) throws -> RuleSet {
        for path in rulePaths where !FileManager.default.fileExists(atPath: path) {
            throw Failure("\(path): no such rule file or folder")
        }
        var transformations: [Pipeline] = []
        for file in pipelines {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Failure("\(file): the pipeline cannot be read")
            }
            transformations.append(try Pipeline(yaml: String(decoding: data, as: UTF8.self), file: file))
        }
        let rules = RuleLoader(cache: cacheOptions.cache)
            .load(paths: catalog.rulePaths + rulePaths, pipelines: transformations)
        for note in rules.cacheReport.notes { Console.note("note: \(note)") }
        return rules
    }
}
