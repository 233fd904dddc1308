// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

/// The whole of SigmaHQ's active rules.
@Suite(.enabled(if: !Corpora.files(under: "sigma", suffix: ".yml").isEmpty, Comment(rawValue: Corpora.absent)))
struct SigmaHQTests {
    private static let folder = (Corpora.root ?? "") + "/sigma"
    private static let files = Corpora.files(under: "sigma", suffix: ".yml")

    @Test func `every rule loads, or is refused for an open placeholder`() {
        let set = RuleLoader().load(paths: [Self.folder])
        #expect(set.rules.count + set.refused == Self.files.count)
        #expect(Set(errors(set)) == ["unresolved-placeholder"])
        #expect(set.refused == 2)
        #expect(set.diagnostics.count == set.refused, "the loader has nothing to warn about in SigmaHQ")
        #expect(set.correlations.isEmpty && set.silentRules.isEmpty)
    }

    @Test func `with its variables every rule loads`() {
        let set = RuleLoader().load(
            paths: [Self.folder], variables: ["known_cdcs": [.string("dc1.example.org"), .string("10.0.0.*")]])
        #expect(set.refused == 0)
        #expect(set.rules.count == Self.files.count)
        #expect(set.rules.allSatisfy { $0.metadata.level != nil && $0.metadata.id != nil })
    }

    @Test func `loading twice gives the same rules in the same order`() {
        let first = RuleLoader().load(paths: [Self.folder + "/rules/linux"])
        let second = RuleLoader().load(paths: [Self.folder + "/rules/linux"])
        #expect(first.rules == second.rules)
        #expect(first.rules.count > 200)
    }

    @Test func `a rule cut off at any byte never crashes the loader`() throws {
        for name in ["lnx_shell_susp_rev_shells", "proc_creation_lnx_python_reverse_shell"] {
            let file = try #require(Self.files.first { $0.hasSuffix(name + ".yml") })
            let bytes = [UInt8](try #require(FileManager.default.contents(atPath: file)))
            for length in 0...bytes.count {
                let set = RuleLoader().load(text: String(decoding: bytes[..<length], as: UTF8.self), file: file)
                #expect(set.rules.count + set.refused + set.diagnostics.count <= 40)
            }
        }
    }

    @Test func `lint finds no error and stays quiet about most rules`() {
        let set = RuleLoader().load(paths: [Self.folder])
        let findings = RuleLint.check(set)
        #expect(!findings.contains { $0.severity == .error })
        #expect(findings.filter { $0.severity == .warning }.count < set.rules.count / 20)
    }
}
