// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What the strategy rests on: techniques, data, assumptions, blind spots.
extension BlockReader {
    static func categorization(_ map: inout BlockMap) -> Categorization? {
        let attack = map.required("attack")
        let techniques = map.texts("techniques") ?? []
        if techniques.isEmpty {
            map.diagnostics.append(
                StrategyFindingCode.blockMissingKey.diagnostic("\(map.what) names no techniques", at: map.location))
        }
        var result = Categorization(
            attack: attack ?? "", techniques: techniques, tactics: map.texts("tactics") ?? [],
            platforms: map.texts("platforms") ?? [], analytics: [], location: map.location)
        if let node = map.node("analytics"),
            var analytics = BlockMap(node, what: "'analytics'", file: map.location.file, &map.diagnostics)
        {
            for entry in analytics.all() where !entry.value.isNull {
                result.analytics += bindings(entry, file: map.location.file, &map.diagnostics)
            }
        }
        return result
    }

    private static func bindings(
        _ analytic: YAMLEntry, file: String, _ diagnostics: inout [Diagnostic]
    ) -> [Categorization.AnalyticBinding] {
        let name = analytic.key.text
        guard var elements = BlockMap(analytic.value, what: "the analytic '\(name)'", file: file, &diagnostics) else {
            return []
        }
        return elements.all().compactMap { entry in
            let what = "the binding of '\(entry.key.text)'"
            guard var map = BlockMap(entry.value, what: what, file: file, &diagnostics) else { return nil }
            var bindings: [Categorization.Binding] = []
            if let values = map.texts("values") { bindings.append(.values(values)) }
            if let learned = map.text("learned") { bindings.append(.learned(learned)) }
            if let unbound = map.text("unbound") { bindings.append(.unbound(unbound)) }
            map.finish()
            if bindings.count != 1 {
                map.report(.blockBadValue, "\(what) is one of 'values', 'learned' and 'unbound'", at: entry.value)
            }
            diagnostics += map.diagnostics
            guard let binding = bindings.first else { return nil }
            return Categorization.AnalyticBinding(
                analytic: name, element: entry.key.text, binding: binding,
                location: SourceLocation(file: file, line: entry.line, column: entry.column))
        }
    }

    static func data(_ map: inout BlockMap) -> DataRequirement? {
        let id = map.required("id")
        let logsource = map.logSource("logsource")
        let fields = map.texts("fields") ?? []
        let sources = map.texts("sources") ?? []
        let note = map.text("note")
        guard let id, let logsource else { return nil }
        return DataRequirement(
            id: id, logsource: logsource, fields: fields, sources: sources, note: note, location: map.location)
    }

    static func assumption(_ map: inout BlockMap) -> Assumption? {
        let id = map.required("id")
        let statement = map.required("statement")
        var probe: Assumption.Probe?
        if let node = map.node("probe"),
            var inner = BlockMap(node, what: "a probe", file: map.location.file, &map.diagnostics)
        {
            let kind = inner.required("kind")
            let run = inner.required("run")
            let expect = inner.text("expect")
            inner.finish()
            map.diagnostics += inner.diagnostics
            if let kind, !["command", "file", "log-source"].contains(kind) {
                map.report(
                    .blockBadValue, "'\(kind)' is no kind of probe; there are command, file, log-source", at: node)
            } else if let kind, let run {
                probe = Assumption.Probe(kind: kind, run: run, expect: expect)
            }
        }
        guard let id, let statement else { return nil }
        return Assumption(id: id, statement: statement, probe: probe, location: map.location)
    }

    static func blindSpot(_ map: inout BlockMap) -> BlindSpot? {
        let id = map.required("id")
        let statement = map.required("statement")
        let rules = map.texts("rules")
        let caseName = map.text("case")
        let mitigation = map.text("mitigation")
        guard let id, let statement else { return nil }
        return BlindSpot(
            id: id, statement: statement, rules: rules, caseName: caseName, mitigation: mitigation,
            location: map.location)
    }
}
