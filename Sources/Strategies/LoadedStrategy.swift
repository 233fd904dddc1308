// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Sigma

/// A strategy with everything that stands beside its document, read once: what lint, tests, coverage, policies and the
/// catalogue work on.
///
/// Loading never fails as a whole: what cannot be read or understood is a located finding, and the rest stands.
public struct LoadedStrategy: Sendable {
    /// The folder and the document, in whose blocks rules go by their identifiers (see `RuleNames`).
    public private(set) var strategy: Strategy
    /// The strategy's rules and correlations, without any pipeline.
    public let rules: RuleSet
    /// The recorded cases, in which rules go by their identifiers; empty when there are none or they cannot be read.
    public private(set) var cases: [TelemetryCase] = []
    /// Why the cases cannot be read; nil when they could be, or there are none.
    public private(set) var casesFailure: StrategyError?
    /// The emulations, each file's tests.
    public private(set) var emulations: [Emulation] = []
    /// What was found in cases, emulations and names of rules.
    ///
    /// The document's findings and those about rules stand in
    /// `document.diagnostics` and `rules.diagnostics`.
    public private(set) var diagnostics: [Diagnostic] = []
    /// Stands for all that was loaded, byte by byte; nil without a cache.
    ///
    /// The recordings are not part of it.
    package private(set) var digest: SipHash.Digest?

    /// The strategy's id.
    public var id: String { strategy.id }
    /// The document.
    public var document: StrategyDocument { strategy.document }

    /// Loads what stands beside a document.
    ///
    /// - Parameters:
    ///   - strategy: The strategy's folder and document.
    ///   - cache: Where parsed rules are kept; nil parses them anew and leaves `digest` out.
    public init(_ strategy: Strategy, cache: RuleCache? = nil) {
        self.strategy = strategy
        let manager = FileManager.default
        let hasRules = manager.fileExists(atPath: strategy.rulesPath)
        rules = hasRules ? RuleLoader(cache: cache).load(paths: [strategy.rulesPath]) : RuleSet()
        var casesText: [UInt8] = []
        do throws(StrategyError) {
            casesText = try TelemetryCases.text(of: strategy)
            cases = try TelemetryCases.read(casesText, of: strategy)
        } catch {
            casesFailure = error
            diagnostics.append(StrategyFindingCode.casesUnreadable.diagnostic(error.message, at: error.location))
        }
        let emulationTexts = readEmulations()
        let names = RuleNames(rules)
        names.resolve(in: &self.strategy.document.blocks, &diagnostics)
        names.resolve(in: &cases, &diagnostics)
        digest = cache?.contentHash.map { hash in
            var parts = Array(strategy.path.utf8) + hash.digest(of: strategy.document.bytes).bytes
            parts += hash.digest(of: casesText).bytes + (rules.contents?.bytes ?? [])
            for text in emulationTexts { parts += hash.digest(of: text).bytes }
            return hash.digest(of: parts)
        }
    }

    /// Reads the emulations; gives the bytes of their files.
    private mutating func readEmulations() -> [[UInt8]] {
        var texts: [[UInt8]] = []
        let folder = strategy.emulationsPath
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
            guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { continue }
            let file = folder + "/" + name
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            let reading = Emulation.read(String(decoding: data, as: UTF8.self), file: file)
            emulations += reading.emulations
            diagnostics += reading.diagnostics
            texts.append(Array(file.utf8) + [0] + data)
        }
        return texts
    }
}
