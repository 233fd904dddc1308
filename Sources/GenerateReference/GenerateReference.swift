// SPDX-License-Identifier: Apache-2.0
import Foundation
import Yams

/// Writes everything that is derived from data: the field constants, and the reference pages of fields and findings.
///
/// Run as `generate-reference ROOT`; with `--check` nothing is written and a stale file ends the run with code 1.
@main
struct GenerateReference {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let check = arguments.contains("--check")
        arguments.removeAll { $0 == "--check" }
        guard let root = arguments.first else {
            FileHandle.standardError.write(Data("usage: generate-reference [--check] ROOT\n".utf8))
            exit(2)
        }
        let fields = try FieldCatalogue(
            yaml: String(contentsOfFile: root + "/Sources/Events/Catalogue/fields.yml", encoding: .utf8))
        let outputs = [
            ("Sources/Events/Catalogue/FieldID+Generated.swift", fields.swift),
            ("docs/reference/fields.md", fields.markdown),
            ("docs/reference/findings.md", FindingCatalogue.markdown),
        ]
        var stale: [String] = []
        for (path, text) in outputs {
            let full = root + "/" + path
            if (try? String(contentsOfFile: full, encoding: .utf8)) == text { continue }
            stale.append(path)
            if !check { try text.write(toFile: full, atomically: true, encoding: .utf8) }
        }
        for path in stale { print(check ? "stale: \(path) (run ./scripts/generate)" : "wrote \(path)") }
        if check && !stale.isEmpty { exit(1) }
    }
}
