// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Testing

/// Transformations of pipelines, one by one.
struct PipelineTests {
    /// Applies a pipeline with these steps to a rule whose search is one map.
    private func applied(_ steps: String, to item: String, extra: String = "", vars: String = "{}") throws -> RuleSet {
        let body = steps.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
        let pipeline = try Pipeline(
            yaml: "name: test\nvars: \(vars)\ntransformations:\n\(body)\n", file: "pipeline.yml")
        return load(rule("sel: {\(item)}\ncondition: sel", extra: extra), pipelines: [pipeline])
    }

    @Test(arguments: [
        (
            "- {type: field_name_mapping, mapping: {Image: exe, User: [u, v]}}", "Image: x, Other: y",
            "all(exe='x'; Other='y')"
        ),
        (
            "- {type: field_name_mapping, mapping: {User: [u, v]}}", "User|contains|all: [x, y]",
            "all(any(u|contains|all='x','y'; v|contains|all='x','y'))"
        ),
        ("- {type: field_name_mapping, mapping: {User: [u, v]}}", "User|neq: x", "all(all(u|neq='x'; v|neq='x'))"),
        ("- {type: field_name_mapping, mapping: {User: u}}", "Image|fieldref: User", "all(Image|fieldref='u')"),
        ("- {type: field_name_mapping, mapping: {null: message}}", "'': [a, '*b']", "all(message='*a*','*b*')"),
        (
            "- {type: field_name_prefix_mapping, mapping: {win.: windows., p: [a, b]}}", "win.x: 1, px: 2",
            "all(windows.x=1; any(ax=2; bx=2))"
        ),
        ("- {type: field_name_prefix, prefix: e.}", "f: 1, '': k", "all(e.f=1; ='k')"),
        ("- {type: field_name_suffix, suffix: .k}", "f: 1", "all(f.k=1)"),
        (
            "- {type: field_name_transform, transform_func: snake_case, mapping: {Image: exe}}",
            "ParentCommandLine: 1, HTTPServer: 2, Image: 3",
            "all(parent_command_line=1; http_server=2; exe=3)"
        ),
        ("- {type: field_name_transform, transform_func: lower}", "UserName: 1", "all(username=1)"),
        (
            "- {type: drop_detection_item, field_name_conditions: [{type: include_fields, fields: [g]}]}", "f: 1, g: 2",
            "all(f=1)"
        ),
        (
            "- {type: hashes_fields, valid_hash_algos: [MD5, SHA1], field_prefix: File, field_name_conditions: [{type: include_fields, fields: [Hashes]}]}",
            "Hashes|contains: ['MD5=0a', 'SHA1=1b', 'MD5=2c', 'IMPHASH=3d'], f: 1",
            "all(any(FileMD5='0a*','2c*'; FileSHA1='1b*'; Hashes='*IMPHASH=3d*'); f=1)"
        ),
        (
            "- {type: hashes_fields, valid_hash_algos: [MD5], field_prefix: hash, drop_algo_prefix: true}",
            "Hashes: 0123456789abcdef0123456789abcdef", "all(any(hash='0123456789abcdef0123456789abcdef'))"
        ),
        (
            #"- {type: extract_fields, regex: '(?P<type>\w+):(?P<value>\w+)', field_prefix: reg}"#,
            "f: ['Dword:7', 'odd', 'Bin:x']",
            "all(any(all(reg.type='Dword'; reg.value=7); all(reg.type='Bin'; reg.value='x'); f='odd'))"
        ),
        ("- {type: add_condition, conditions: {EventID: 1, 'x|contains': y}, name: extra}", "f: 1", "all(f=1)"),
        ("- {type: change_logsource, service: sysmon}", "f: 1", "all(f=1)"),
        (
            #"- {type: replace_string, regex: '^\*\\([^\\]+)$', replacement: '\1'}"#, #"Image|endswith: '\cmd.exe'"#,
            "all(Image='cmd.exe')"
        ),
        (
            #"- {type: replace_string, regex: '\\', replacement: '/'}"#, #"Image|endswith: ['\cmd.exe', 'x']"#,
            "all(Image='*/cmd.exe','*x')"
        ),
        (
            #"- {type: replace_string, regex: 'nothing', replacement: '/'}"#, #"Image|endswith: '\cmd.exe'"#,
            #"all(Image|endswith='\cmd.exe')"#
        ),
        (#"- {type: replace_string, regex: '(?P<a>b)(c)', replacement: '\2-\g<a>'}"#, "f: abcd", "all(f='ac-bd')"),
        (#"- {type: replace_string, regex: '\*', replacement: 'star'}"#, "f: 'a*b'", "all(f='astarb')"),
        (
            #"- {type: replace_string, regex: '[a*]', replacement: '*', skip_special: true}"#, "f: 'a*b'",
            #"all(f='\**b')"#
        ),
        (
            #"- {type: replace_string, regex: 'a', replacement: '*', skip_special: true, interpret_special: true}"#,
            "f: 'a?b'", "all(f='*?b')"
        ),
        (#"- {type: replace_string, regex: '^4', replacement: '5'}"#, "f: [42, 17]", "all(f='52',17)"),
        (#"- {type: replace_string, regex: a, replacement: b}"#, "f|re: 'a+'", "all(f|re='a+')"),
        (
            "- {type: map_string, mapping: {a: [x, y], '*b*': z}}", "f: [a, c], g|contains: b",
            "all(f='x','y','c'; g='z')"
        ),
        ("- {type: case, method: upper}", "f|startswith: aB, g|re: aB, h: 5", "all(f='AB*'; g|re='aB'; h=5)"),
        ("- {type: case}", "f: aB", "all(f='ab')"),
        ("- {type: case, method: snake_case}", "f: ProcessCreate", "all(f='process_create')"),
        ("- {type: regex, method: plain}", "f|contains: 'a.b'", #"all(f|re|s='^.*a\.b.*\z')"#),
        ("- {type: regex, method: ignore_case_flag}", "f: 'a?b'", #"all(f|re|s|i='^a.b\z')"#),
        ("- {type: regex}", "f: a1, g: ''", #"all(f|re|s='^[aA]1\z'; g='')"#),
        ("- {type: set_value, value: 7}", "f|contains: [a, b]", "all(f=7)"),
        ("- {type: set_value, value: 7, force_type: str}", "f|neq: a", "all(f|neq='7')"),
        (
            "- {type: convert_type, target_type: str}", "f: [1, 2.5, true, x], g: null, h|lt: 5",
            "all(f='1','2.5','true','x'; g=null; h|lt=5)"
        ),
        ("- {type: convert_type, target_type: num}", "f: '42'", "all(f=42)"),
        ("- {type: wildcard_placeholders}", "f|contains|expand: 'a%x%b'", "all(f|contains='a*b')"),
        ("- {type: wildcard_placeholders}", "f|re|expand: 'a%x%b'", "all(f|re='a.*b')"),
        (
            "- {type: value_placeholders, include: [x]}\n- {type: wildcard_placeholders}", "f|expand: '%x%-%y%'",
            "all(f='1-*','two-*')"
        ),
        (
            "- {type: nest, items: [{type: field_name_prefix, prefix: a.}, {type: field_name_suffix, suffix: .b}]}",
            "f: 1", "all(a.f.b=1)"
        ),
        (
            "- {type: set_state, key: k, val: 3}\n- {type: field_name_prefix, prefix: a., rule_conditions: [{type: processing_state, key: k, val: 2, op: gt}]}",
            "f: 1", "all(a.f=1)"
        ),
        ("- {type: query_expression_placeholders, expression: x}", "f: 1", "all(f=1)"),
    ])
    func `a transformation does what pySigma's does`(steps: String, item: String, expected: String) throws {
        let set = try applied(steps, to: item, vars: "{x: [1, two]}")
        #expect(set.rules.first?.detection.searches.first.map { describe($0.search) } == expected, "\(set.diagnostics)")
    }

    @Test(arguments: [
        ("- {type: rule_failure, message: no such log}", "f: 1", "no such log"),
        (
            "- {type: detection_item_failure, message: not this field, field_name_conditions: [{type: include_fields, fields: [f]}]}",
            "f: 1", "not this field"
        ),
        (
            "- {type: field_name_mapping, mapping: {f: x}}\n- {type: strict_field_mapping_failure}", "f: 1, g: 2",
            "maps no field for g"
        ),
        ("- {type: drop_detection_item}", "f: 1", "leaves nothing of the search 'sel'"),
        ("- {type: field_name_mapping, mapping: {f: []}}", "f: 1", "to no field"),
        ("- {type: hashes_fields, valid_hash_algos: [MD5]}", "f: IMPHASH=1", "finds no hash"),
        ("- {type: convert_type, target_type: num}", "f: x", "cannot be made a number"),
        ("- {type: value_placeholders}", "f|expand: '%y%'", "no variable for the placeholder %y%"),
        (
            "- {type: set_value, value: true}\n- {type: convert_type, target_type: num}", "f: x",
            "cannot be made a number"
        ),
    ])
    func `a pipeline can refuse a rule`(steps: String, item: String, message: String) throws {
        let set = try applied(steps, to: item)
        #expect(errors(set) == ["pipeline-refusal"])
        #expect(
            set.diagnostics.first { $0.severity == .error }?.message.contains(message) == true, "\(set.diagnostics)")
        #expect(set.refused == 1)
    }

    @Test func `placeholders of a query language stay open and refuse the rule`() throws {
        let set = try applied("- {type: http_placeholders, url: 'http://example.org'}", to: "f|expand: '%y%'")
        #expect(errors(set) == ["unresolved-placeholder"])
        #expect(warnings(set) == ["pipeline-ignored"])
    }

    @Test func `add_condition joins every condition`() throws {
        let steps =
            "- {type: add_condition, conditions: {product: $product, c: '${category}'}, template: true, negated: true}"
        let set = try applied(steps, to: "f: 1")
        #expect(set.rules.first?.detection.conditions.map(describe) == ["(not _cond_0 and sel)"])
        #expect(
            set.rules.first?.detection.searches.last.map { describe($0.search) }
                == "all(product='linux'; c='process_creation')")
    }

    @Test func `the rule's own fields, attributes and log source change`() throws {
        let steps = """
            - {type: field_name_mapping, mapping: {Image: exe}}
            - {type: add_field, field: [a, b]}
            - {type: remove_field, field: a}
            - {type: set_custom_attribute, attribute: index, value: main}
            - {type: change_logsource, product: windows, service: sysmon}
            """
        let rule = try #require(try applied(steps, to: "f: 1", extra: "fields: [Image, User]").rules.first)
        #expect(rule.metadata.fields == ["exe", "User", "b"])
        #expect(rule.metadata.custom["index"] == "main")
        #expect(rule.logsource == RuleLogSource(product: "windows", service: "sysmon"))
        #expect(
            try applied("- {type: set_field, fields: [x]}", to: "f: 1", extra: "fields: [y]").rules.first?.metadata
                .fields == ["x"])
    }

    @Test func `correlations are mapped too`() throws {
        let text =
            rule(item: "f: 1").replacing("id: 1", with: "name: r\nid: 1")
            + "---\ntitle: C\nfields: [User]\ncorrelation: {type: value_count, rules: r, group-by: [User, ip], timespan: 1m, "
            + "condition: {gte: 2, field: Image}, aliases: {ip: {r: Image}}}\n"
        func load(_ mapping: String) throws -> RuleSet {
            let yaml =
                "transformations: [{type: field_name_mapping, mapping: \(mapping), rule_conditions: [{type: logsource, product: linux}]}]"
            return SigmaTests.load(text, pipelines: [try Pipeline(yaml: yaml, file: "p.yml")])
        }
        let set = try load("{User: [u, v], Image: exe, ip: wrong}")
        let correlation = try #require(set.correlations.first?.correlation)
        #expect(correlation.groupBy == ["u", "v", "ip"] && correlation.fields == ["exe"])
        #expect(correlation.aliases == ["ip": ["r": "exe"]] && correlation.metadata.fields == ["u", "v"])
        #expect(errors(try load("{Image: [a, b]}")) == ["pipeline-refusal"])
    }

    @Test func `pipelines go by priority and share variables`() throws {
        let late = try Pipeline(
            yaml: "priority: 20\nvars: {x: late}\ntransformations: [{type: field_name_suffix, suffix: .late}]",
            file: "a.yml")
        let early = try Pipeline(
            yaml:
                "priority: 10\nvars: {x: early}\ntransformations: [{type: field_name_suffix, suffix: .early}, {type: value_placeholders}]",
            file: "b.yml")
        let set = load(rule(item: "f|expand: '%x%'"), pipelines: [late, early])
        #expect(set.rules.first?.detection.searches.map { describe($0.search) } == ["all(f.early.late='late')"])
        let given = load(rule(item: "f|expand: '%x%'"), pipelines: [late, early], variables: ["x": [.string("given")]])
        #expect(given.firstItems.first?.values == [.string("given")])
    }

    @Test func `file_placeholders reads lines beside the pipeline`() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let name = "values-\(UUID().uuidString).txt"
        try Data("one\n  two \n\nskip\n".utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        defer { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
        let pipeline = try Pipeline(
            yaml: "transformations: [{type: file_placeholders, path: \(name), filter: '^[^s]'}]",
            file: folder + "/p.yml")
        #expect(
            load(rule(item: "f|expand: '%x%'"), pipelines: [pipeline]).firstItems.first?.values == [
                .string("one"), .string("two"),
            ])
    }

    @Test func `a pipeline can be applied to one rule`() throws {
        var rule = try #require(load(rule(item: "f: 1")).rules.first)
        try Pipeline(yaml: "transformations: [{type: field_name_prefix, prefix: x.}]", file: "p.yml").apply(to: &rule)
        #expect(rule.detection.searches.map { describe($0.search) } == ["all(x.f=1)"])
        let refusing = try Pipeline(yaml: "transformations: [{type: rule_failure, message: no}]", file: "p.yml")
        #expect(throws: PipelineError.self) { try refusing.apply(to: &rule) }
    }
}
