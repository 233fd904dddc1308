// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// A strategy of one rule, an attack by root and a look-alike, whose suppression a test chooses.
struct PolicyScene {
    private static let rule = """
        title: Tool run
        id: 11111111-0000-4000-8000-000000000000
        status: test
        level: medium
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /tool}
          condition: selection
        """

    private static let cases = """
        cases:
          - {name: by-root, kind: attack, files: [root.jsonl], fires: [11111111-0000-4000-8000-000000000000],
             log_source: {product: linux, category: process_creation}}
          - {name: another-program, kind: benign, files: [other.jsonl],
             log_source: {product: linux, category: process_creation}}
        """

    /// Where everything is.
    let folder: TemporaryFolder
    /// The strategy's folder.
    var strategy: String { folder.path + "/scene" }
    /// Three starts of the tool, by bob, eve and runner.
    let input: String

    init() throws {
        folder = try TemporaryFolder()
        input = try folder.write(["bob", "eve", "runner"].map { Self.start($0) }.joined().utf8, "input.jsonl")
        _ = try folder.write(Self.rule.utf8, "scene/rules/tool.yml")
        _ = try folder.write(Self.cases.utf8, "scene/telemetry/cases.yml")
        _ = try folder.write(Self.start("root").utf8, "scene/telemetry/root.jsonl")
        _ = try folder.write(Self.start("root", "other").utf8, "scene/telemetry/other.jsonl")
        try write(suppressed: "{User: runner}", expires: "2999-12-31")
    }

    private static func start(_ user: String, _ program: String = "tool") -> String {
        "{\"Image\": \"/bin/\(program)\", \"User\": \"\(user)\"}\n"
    }

    /// Writes the document with a matcher for its suppression and the day it ends.
    func write(suppressed: String, expires: String) throws {
        let document = """
            # Scene

            ## False Positives

            ```yaml vedette
            suppressions:
              - id: ci-runner
                characteristic: The build account.
                match: {selection: \(suppressed)}
                owner: build-team
                expires: \(expires)
            ```

            ## Priority

            ```yaml vedette
            priority:
              criteria:
                - {level: critical, because: Eve again., match: {selection: {User: eve}}}
            ```

            ## Response

            ```yaml vedette
            playbook:
              - {id: look, do: Look at the account., command: "id {User}"}
            ```
            """
        _ = try folder.write(document.utf8, "scene/strategy.md")
    }
}
