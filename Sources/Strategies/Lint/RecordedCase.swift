// SPDX-License-Identifier: Apache-2.0
import Sigma

/// An entry of `telemetry/cases.yml`, as far as lint looks at it.
public struct RecordedCase: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What it is about.
    public var kind: CaseKind
    /// Where it comes from: `linux`, `windows`, `macos`, `kubernetes`.
    public var platform: String
    /// Ids of the rules that fire.
    public var fires: [String]
    /// Where it stands.
    public var location: SourceLocation

    /// Reads the cases of a file; entries that are not understood are left out and reported.
    static func read(_ text: String, file: String) -> (cases: [RecordedCase], diagnostics: [Diagnostic]) {
        let root = LocatedYAML.root(of: text, file: file)
        var diagnostics = root.diagnostics
        guard let node = root.result, let list = node["cases"]?.sequence else {
            if diagnostics.isEmpty {
                diagnostics.append(
                    StrategyFindingCode.blockMissingKey.diagnostic(
                        "the file has no list 'cases'", at: SourceLocation(file: file, line: 1)))
            }
            return ([], diagnostics)
        }
        let cases = list.compactMap { node -> RecordedCase? in
            guard var map = BlockMap(node, what: "a case", file: file, &diagnostics) else { return nil }
            let name = map.required("name")
            let kindText = map.text("kind") ?? "attack"
            let kind = CaseKind(rawValue: kindText)
            if kind == nil {
                map.report(.blockBadValue, "'\(kindText)' is no kind of case; there are attack, benign, miss", at: node)
            }
            let platform = map.text("platform") ?? "linux"
            let fires = (map.node("fires")?.sequence ?? []).compactMap { $0.text ?? $0["rule"]?.text }
            diagnostics += map.diagnostics
            guard let name, let kind else { return nil }
            return RecordedCase(name: name, kind: kind, platform: platform, fires: fires, location: map.location)
        }
        return (cases, diagnostics)
    }
}
