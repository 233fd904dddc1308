// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Conditions of pipelines, and pipelines that cannot be read.
struct PipelineConditionTests {
    /// Whether a step with these conditions renames the field `f` of the rule.
    private func isApplied(_ conditions: String, to item: String = "f: abc", before: String = "") throws -> Bool {
        let step = "{type: field_name_prefix, prefix: x., \(conditions)}"
        let pipeline = try Pipeline(
            yaml: "transformations: [\(before.isEmpty ? "" : before + ", ")\(step)]", file: "pipeline.yml")
        let extra = "tags: [attack.t1059]\nfields: [a]\nauthor: Me\ndate: 2026-01-31\ncustom: 5"
        let set = load(rule("sel: {\(item)}\ncondition: sel", extra: extra), pipelines: [pipeline])
        #expect(errors(set).isEmpty, "\(set.diagnostics)")
        return set.firstItems.contains { $0.field?.hasPrefix("x.") ?? false }
    }

    @Test(arguments: [
        ("rule_conditions: [{type: logsource, product: linux}]", true),
        ("rule_conditions: [{type: logsource, product: windows}]", false),
        ("rule_conditions: [{type: logsource, service: x}]", false), ("rule_conditions: [{type: logsource}]", true),
        ("rule_conditions: [{type: contains_field, field: f}]", true),
        ("rule_conditions: [{type: contains_field, field: g}]", false),
        ("rule_conditions: [{type: contains_detection_item, field: f, value: abc}]", true),
        ("rule_conditions: [{type: contains_detection_item, field: f, value: abd}]", false),
        ("rule_conditions: [{type: is_sigma_rule}]", true),
        ("rule_conditions: [{type: is_sigma_correlation_rule}]", false),
        ("rule_conditions: [{type: tag, tag: attack.t1059}]", true),
        ("rule_conditions: [{type: tag, tag: attack.t1060}]", false),
        ("rule_conditions: [{type: rule_attribute, attribute: level, value: medium, op: lt}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: level, value: low, op: gt}]", false),
        ("rule_conditions: [{type: rule_attribute, attribute: status, value: test}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: author, value: Me}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: date, value: 2026-01-01, op: gte}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: tags, value: attack.t1059, op: in}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: tags, value: attack.t1059}]", false),
        ("rule_conditions: [{type: rule_attribute, attribute: tags, value: x, op: not_in}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: custom, value: '5'}]", true),
        ("rule_conditions: [{type: rule_attribute, attribute: absent, value: '5', op: ne}]", false),
        ("rule_conditions: [{type: is_sigma_rule}], rule_cond_not: true", false), ("rule_cond_not: true", true),
        ("rule_conditions: [{type: is_sigma_rule}, {type: logsource, product: windows}]", false),
        ("rule_conditions: [{type: is_sigma_rule}, {type: logsource, product: windows}], rule_cond_op: or", true),
        (
            "rule_conditions: {a: {type: is_sigma_rule}, b: {type: logsource, product: windows}}, rule_cond_expr: a and not b",
            true
        ),
        (
            "rule_conditions: {a: {type: is_sigma_rule}, b: {type: logsource, product: windows}}, rule_cond_expr: not (a or b)",
            false
        ),
        ("detection_item_conditions: [{type: match_string, cond: any, pattern: ab}]", true),
        ("detection_item_conditions: [{type: match_string, cond: any, pattern: bc}]", false),
        ("detection_item_conditions: [{type: match_string, cond: any, pattern: bc, negate: true}]", true),
        ("detection_item_conditions: [{type: match_value, cond: all, value: abc}]", true),
        ("detection_item_conditions: [{type: match_value, cond: all, value: 5}]", false),
        ("detection_item_conditions: [{type: contains_wildcard, cond: any}]", false),
        ("detection_item_conditions: [{type: is_null, cond: any}], detection_item_cond_not: true", true),
        ("field_name_conditions: [{type: include_fields, fields: [f, g]}]", true),
        ("field_name_conditions: [{type: include_fields, fields: g}]", false),
        ("field_name_conditions: [{type: exclude_fields, fields: [f]}]", false),
        ("field_name_conditions: [{type: exclude_fields, fields: [g]}]", true),
        ("field_name_conditions: [{type: include_fields, fields: ['[a-f]$'], mode: re}]", true),
        ("field_name_conditions: [{type: exclude_fields, fields: ['[a-f]$'], mode: re}]", false),
    ])
    func `a condition decides about its step`(conditions: String, isApplied: Bool) throws {
        #expect(try self.isApplied(conditions) == isApplied)
    }

    @Test(arguments: [
        ("f|endswith: abc", "match_string, cond: any, pattern: '\\*abc'", true),
        ("f|contains: abc", "contains_wildcard, cond: all", true),
        ("f: [a, 'b*']", "contains_wildcard, cond: all", false), ("f: [a, 'b*']", "contains_wildcard, cond: any", true),
        ("f|re: 'a.*'", "contains_wildcard, cond: any", false), ("f: null", "is_null, cond: all", true),
        ("f: 5", "match_value, cond: any, value: 5", true), ("f: 5", "match_string, cond: any, pattern: 5", false),
    ])
    func `values are seen with the wildcards of their modifiers`(item: String, condition: String, isApplied: Bool)
        throws
    {
        #expect(try self.isApplied("detection_item_conditions: [{type: \(condition)}]", to: item) == isApplied)
    }

    @Test(arguments: [
        ("rule_conditions: [{type: processing_item_applied, processing_item_id: one}]", true),
        ("rule_conditions: [{type: processing_item_applied, processing_item_id: two}]", false),
        ("detection_item_conditions: [{type: processing_item_applied, processing_item_id: one}]", true),
        ("field_name_conditions: [{type: processing_item_applied, processing_item_id: one}]", true),
        (
            "field_name_conditions: [{type: processing_item_applied, processing_item_id: one}], field_name_cond_not: true",
            false
        ),
        ("rule_conditions: [{type: processing_state, key: k, val: v}]", false),
    ])
    func `steps can ask about earlier steps`(conditions: String, isApplied: Bool) throws {
        let before = "{id: one, type: field_name_mapping, mapping: {f: g}}"
        #expect(try self.isApplied(conditions, before: before) == isApplied)
    }

    @Test(arguments: [
        ("transformations: [{type: field_name_maping}]", "'field_name_maping' is no transformation"),
        ("transformations: [{mapping: {}}]", "needs a type"), ("transformations: {a: 1}", "a list of transformations"),
        ("transformations: [{type: field_name_prefix}]", "needs 'prefix'"),
        ("transformations: [{type: field_name_prefix, prefix: a, sufix: b}]", "no parameter 'sufix'"),
        ("transformations: [{type: regex, method: fast}]", "'fast' is no value for 'method'"),
        ("transformations: [{type: replace_string, regex: '(', replacement: x}]", "'(' is no valid regular expression"),
        ("transformations: [{type: extract_fields, regex: 'a(b)'}]", "named groups"),
        ("transformations: [{type: value_placeholders, include: [a], exclude: [b]}]", "cannot be given together"),
        (
            "transformations: [{type: drop_detection_item, rule_conditions: [{type: logsorce}]}]",
            "'logsorce' is no rule condition"
        ),
        (
            "transformations: [{type: drop_detection_item, field_name_conditions: [{type: is_null, cond: any}]}]",
            "'is_null' is no field name condition"
        ),
        (
            "transformations: [{type: drop_detection_item, detection_item_conditions: [{type: is_null, cond: some}]}]",
            "any or all"
        ),
        (
            "transformations: [{type: drop_detection_item, rule_conditions: {a: {type: is_sigma_rule}}, rule_cond_expr: b}]",
            "no 'b'"
        ),
        (
            "transformations: [{type: drop_detection_item, rule_conditions: [{type: is_sigma_rule}], rule_cond_expr: a}]",
            "as a map"
        ),
        ("transformations: [{type: drop_detection_item, rule_cond_op: xor}]", "'and' or 'or'"),
        ("transformations: [{type: file_placeholders, path: /nonexistent/file}]", "cannot be read"),
        ("transformations: [{type: file_placeholders, path: x, format: json}]", "plaintext"),
        ("transformations: [{type: add_condition, conditions: {'f|nope': 1}}]", "no modifier"),
        ("steps: []", "no key of a pipeline"),
        ("priority: high", "whole number"), ("[a]", "a map"), ("a: [", ""), ("vars: {x: {y: 1}}", "texts or numbers"),
        ("", "one YAML document"),
    ])
    func `a pipeline that is not understood is refused`(yaml: String, message: String) throws {
        let error = try #require(throws: PipelineError.self) { try Pipeline(yaml: yaml, file: "pipeline.yml") }
        #expect(error.message.contains(message), "\(error)")
        #expect(error.location.file == "pipeline.yml")
    }

    @Test func `parts for query languages leave a note`() throws {
        let pipeline = try Pipeline(
            yaml:
                "name: n\npriority: 5\nallowed_backends: [splunk]\npostprocessing: [{type: embed}]\nfinalizers: [{type: concat}]",
            file: "p.yml")
        #expect(pipeline.diagnostics.map(\.code) == ["pipeline-ignored", "pipeline-ignored"])
        #expect(pipeline.name == "n" && pipeline.priority == 5)
    }
}
