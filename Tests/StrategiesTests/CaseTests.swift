// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

@testable import Strategies

@Suite struct CaseTests {
    @Test(arguments: [
        ("cases: [", 1), ("cases:\n  - {name: a\n    kind: attack}\n", 3), ("cases:\n\t- a\n", 2),
        ("a: 1\nb: - c\n", 2),
        ("cases:\n  - &a [*a]\n", 2), ("list: []\n", 0), ("cases:\n  - {kinds: attack}\n", 2),
        ("cases:\n  - name: a\n    kind: attack\n    files: [a]\n    fires: [{rul: x}]\n", 2),
    ])
    func `broken cases are told in one readable line with their place`(text: String, line: Int) throws {
        let folder = try TemporaryFolder()
        try folder.write("# Scene\n".utf8, "strategy.md")
        try folder.write(text.utf8, "telemetry/cases.yml")
        let loaded = LoadedStrategy(try #require(try Strategy(path: folder.path)))
        let failure = try #require(loaded.casesFailure)
        #expect(failure.location.file.hasSuffix("/telemetry/cases.yml"))
        #expect((failure.location.line > 0) == (line > 0), "\(failure)")
        #expect(!failure.message.contains("\n") && !failure.message.contains("\\n"), "\(failure)")
        #expect(loaded.diagnostics.map(\.code) == ["cases-unreadable"])
        #expect(loaded.cases.isEmpty)
    }
}
