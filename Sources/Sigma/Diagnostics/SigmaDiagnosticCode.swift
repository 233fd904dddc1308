// SPDX-License-Identifier: Apache-2.0

/// Every kind of finding about rule files.
///
/// The raw value is the stable identifier users see and search for.
public enum SigmaDiagnosticCode: String, Sendable, Hashable, CaseIterable {
    // Files and YAML
    /// The file or folder could not be opened or read, so none of its rules are loaded.
    case unreadableFile = "unreadable-file"
    /// Rule files are read whole, so their size is limited to 8 MiB to keep memory bounded.
    case fileTooLarge = "file-too-large"
    /// Folders are followed to a limited depth, so that a loop of links ends.
    case folderTooDeep = "folder-too-deep"
    /// Sigma files are UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// The document is not well-formed YAML, so nothing of it can be trusted.
    case invalidYAML = "invalid-yaml"
    /// A key stands twice in one map.
    case duplicateKey = "duplicate-key"
    /// The key of a map is itself a list, a map or an alias.
    case complexKey = "complex-key"
    /// Once aliases are expanded the document has more nodes than a document may have.
    case documentTooLarge = "document-too-large"
    /// The document nests lists and maps deeper than any rule does.
    case nestingTooDeep = "nesting-too-deep"
    /// The document uses a YAML tag that is not part of the core schema, so the value cannot be resolved.
    case unsupportedTag = "unsupported-tag"

    // Documents
    /// The document has none of the keys detection, correlation and filter, so it is no Sigma document and is skipped.
    case notASigmaDocument = "not-a-sigma-document"
    /// Legacy rule collections know the actions global, reset and repeat only.
    case unknownAction = "unknown-action"
    /// A key holds another kind of value than Sigma expects there, so its meaning is unclear.
    case wrongType = "wrong-type"
    /// The document has no title; it is loaded under a made-up one.
    case missingTitle = "missing-title"
    /// A rule or filter says by its log source which events it is for.
    case missingLogsource = "missing-logsource"
    /// The id is not a UUID, so other tools may refuse the document and references to it may break.
    case badID = "bad-id"
    /// The date is not an ISO 8601 date.
    case badDate = "bad-date"
    /// The status is none of stable, test, experimental, deprecated and unsupported.
    case unknownStatus = "unknown-status"
    /// The level is none of informational, low, medium, high and critical; the rule is loaded without a level.
    case unknownLevel = "unknown-level"

    // Detections
    /// The detection or filter is empty or not a map, so there is nothing to look for.
    case missingDetection = "missing-detection"
    /// A detection needs a condition: it says how the searches are combined.
    case missingCondition = "missing-condition"
    /// A search without any item would hold for every event or for none; neither is likely to be meant.
    case emptySearch = "empty-search"
    /// A field with an empty list of values never holds.
    case emptyValues = "empty-values"
    /// The value cannot be compared with a field: it is nested, infinite or not a number.
    case badValue = "bad-value"
    /// null means that the field is missing or null; it may not stand in a list of values.
    case nullInList = "null-in-list"
    /// A keyword is looked for in the whole event; null cannot be.
    case nullKeyword = "null-keyword"
    /// Resolving placeholders would give one item an unreasonable number of values.
    case tooManyValues = "too-many-values"
    /// The rule uses the `expand` modifier and nobody gave values for its placeholder.
    case unresolvedPlaceholder = "unresolved-placeholder"

    // Modifiers
    /// The modifier is not part of Sigma 2.1.
    case unknownModifier = "unknown-modifier"
    /// The modifier does not work on this kind of value or after the modifiers before it.
    case modifierNotApplicable = "modifier-not-applicable"
    /// The modifiers contradict each other, so it is unclear where in the value the text may stand.
    case conflictingModifiers = "conflicting-modifiers"
    /// The modifier stands twice.
    case duplicateModifier = "duplicate-modifier"
    /// The modifier changes nothing here.
    case modifierWithoutEffect = "modifier-without-effect"
    /// Keywords are looked for in the whole event; this modifier works on one field only.
    case modifierNeedsField = "modifier-needs-field"
    /// `all` says that every value of a list must match; with one value it does nothing.
    case allOnSingleValue = "all-on-single-value"
    /// The modifiers i, m, s and their long forms set flags of a regular expression, so they stand after `re`.
    case regexFlagWithoutRegex = "regex-flag-without-regex"
    /// The value of `cidr` is not a network in CIDR notation, or has bits set behind the prefix.
    case badCIDR = "bad-cidr"
    /// `exists` asks whether the field is there; its value is true or false.
    case existsWantsBoolean = "exists-wants-boolean"
    /// The modifier compares numbers.
    case numberExpected = "number-expected"
    /// The value cannot hold wildcards here, because it is encoded or names a field.
    case wildcardNotAllowed = "wildcard-not-allowed"
    /// No time has such a part, so the item never holds.
    case timePartOutOfRange = "time-part-out-of-range"

    // Conditions
    /// The condition cannot be parsed.
    case badCondition = "bad-condition"
    /// The condition names a search that the detection does not have.
    case unknownSearch = "unknown-search"
    /// The pattern of an `of` expression selects no search.
    case emptySelector = "empty-selector"
    /// The number before `of` is zero or greater than the number of searches selected, so the expression says nothing.
    case badQuantifier = "bad-quantifier"
    /// The condition is longer or nests deeper than any condition needs to.
    case conditionTooDeep = "condition-too-deep"
    /// Aggregations after a bar (`| count() by ...`) and `near` were removed from Sigma; evaluating the part before the bar alone would raise false alarms.
    case aggregationCondition = "aggregation-condition"
    /// `timeframe` belongs to the old aggregations; without them it has no meaning.
    case obsoleteTimeframe = "obsolete-timeframe"
    /// The condition does not use this search, so it has no influence.
    case unusedSearch = "unused-search"

    // Correlations
    /// The type is no correlation of Sigma 2.1 or pySigma.
    case unknownCorrelationType = "unknown-correlation-type"
    /// A correlation needs the rules it correlates.
    case missingCorrelationRules = "missing-correlation-rules"
    /// The timespan is missing, malformed or out of bounds (one second to 366 days).
    case badTimespan = "bad-timespan"
    /// The condition of the correlation is missing or malformed.
    case badCorrelationCondition = "bad-correlation-condition"
    /// This type measures the values of a field, so its condition must name it.
    case missingCorrelationField = "missing-correlation-field"
    /// value_percentile needs to know which percentile of the values is compared with the bounds; the specification leaves it open.
    case badPercentile = "bad-percentile"
    /// An alias maps rules of the correlation to one of their fields; this one names another rule, or is malformed.
    case badAlias = "bad-alias"
    /// The alias is neither grouped by nor measured, so it has no influence.
    case unusedAlias = "unused-alias"
    /// Without group-by all events of the member rules are counted together.
    case missingGroupBy = "missing-group-by"
    /// The document refers to a rule that is not loaded or was refused.
    case unresolvedReference = "unresolved-reference"
    /// Several documents have the id or name referred to; the first is used.
    case ambiguousReference = "ambiguous-reference"
    /// Correlations refer to each other in a circle, so none of them can ever be decided first.
    case correlationCycle = "correlation-cycle"

    // Filters
    /// A filter says which rules it applies to.
    case missingFilterRules = "missing-filter-rules"
    /// The filter names a rule that is not loaded.
    case filterRuleNotFound = "filter-rule-not-found"
    /// Filters apply to rules; the document named is a correlation.
    case filterOnCorrelation = "filter-on-correlation"
    /// The filter's log source does not cover the rule it names, so it is not applied to it.
    case filterLogsourceMismatch = "filter-logsource-mismatch"
    /// The filter applies to no loaded rule.
    case filterWithoutEffect = "filter-without-effect"
    /// The filter's condition is added to the rule's with `and`.
    case filterWithoutNot = "filter-without-not"

    // Pipelines
    /// A processing pipeline refuses the rule, or cannot be applied to it.
    case pipelineRefusal = "pipeline-refusal"
    /// The pipeline holds parts that only make sense for query languages; they do nothing here.
    case pipelineIgnored = "pipeline-ignored"

    // Lint
    /// Without an id the rule cannot be referred to for good.
    case missingID = "missing-id"
    /// Without a level alerts of this rule cannot be ordered by urgency.
    case missingLevel = "missing-level"
    /// Without a status nobody knows how far the rule can be trusted.
    case missingStatus = "missing-status"
    /// The responder sees the description with the alert.
    case missingDescription = "missing-description"
    /// Two documents have the same id; references and statistics mix them up.
    case duplicateID = "duplicate-id"
    /// Two documents have the same name; references mix them up.
    case duplicateName = "duplicate-name"
    /// The specification limits titles to 256 characters.
    case titleTooLong = "title-too-long"
    /// Tags are a namespace and a name joined by a dot, in lower case.
    case badTag = "bad-tag"
    /// The false positives are left empty, or say nothing that helps to judge an alert.
    case weakFalsePositives = "weak-false-positives"
    /// The pattern of an `of` expression selects a single search.
    case singleItemOf = "single-item-of"
    /// The regular expression holds no operator that contains, startswith or endswith could not express; those are faster and easier to read.
    case regexCouldBePlain = "regex-could-be-plain"
    /// The modifier already allows any text where the value has a wildcard.
    case redundantWildcard = "redundant-wildcard"
    /// The value is nothing but wildcards; what is usually meant is that the field exists.
    case wildcardOnlyValue = "wildcard-only-value"
    /// Field names with leading or trailing spaces, or double spaces, are usually slips.
    case fieldWithSpace = "field-with-space"
    /// A value stands twice in the list; comparison ignores case.
    case duplicateValue = "duplicate-value"
}
