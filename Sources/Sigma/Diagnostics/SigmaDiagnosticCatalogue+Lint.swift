// SPDX-License-Identifier: Apache-2.0

extension SigmaDiagnosticCatalogue {
    /// Findings about lint.
    static let lint: [Entry] = [
        Entry(
            .missingID, .note,
            """
            Without an id the rule cannot be referred to for good.
            """,
            """
            Give it a random UUID (version 4).
            """),
        Entry(
            .missingLevel, .warning,
            """
            Without a level alerts of this rule cannot be ordered by urgency.
            """,
            """
            Add level: informational, low, medium, high or critical.
            """),
        Entry(
            .missingStatus, .note,
            """
            Without a status nobody knows how far the rule can be trusted.
            """,
            """
            Add status: stable, test, experimental, deprecated or unsupported.
            """),
        Entry(
            .missingDescription, .note,
            """
            The responder sees the description with the alert.
            """,
            """
            Say what the rule catches and why that matters.
            """),
        Entry(
            .duplicateID, .warning,
            """
            Two documents have the same id; references and statistics mix them up.
            """,
            """
            Give one of them a new id.
            """),
        Entry(
            .duplicateName, .warning,
            """
            Two documents have the same name; references mix them up.
            """,
            """
            Rename one of them.
            """),
        Entry(
            .titleTooLong, .note,
            """
            The specification limits titles to 256 characters.
            """,
            """
            Shorten it, and move the details to the description.
            """),
        Entry(
            .badTag, .warning,
            """
            Tags are a namespace and a name joined by a dot, in lower case.
            """,
            """
            Write it like attack.t1059.006, cve.2024-1234 or detection.threat-hunting.
            """),
        Entry(
            .weakFalsePositives, .note,
            """
            The false positives are left empty, or say nothing that helps to judge an alert.
            """,
            """
            Name what legitimate activity can trigger the rule, and how to recognise it.
            """),
        Entry(
            .singleItemOf, .note,
            """
            The pattern of an `of` expression selects a single search.
            """,
            """
            Use the identifier itself, unless more searches will follow.
            """),
        Entry(
            .regexCouldBePlain, .note,
            """
            The regular expression holds no operator that contains, startswith or endswith could not express; those \
            are faster and easier to read.
            """,
            """
            Use the plain modifier; mind that it ignores case.
            """),
        Entry(
            .redundantWildcard, .note,
            """
            The modifier already allows any text where the value has a wildcard.
            """,
            """
            Remove the wildcard at the end of the value.
            """),
        Entry(
            .wildcardOnlyValue, .note,
            """
            The value is nothing but wildcards; what is usually meant is that the field exists.
            """,
            """
            Use `field|exists: true`, or `field|re: .+` for a value that is not empty.
            """),
        Entry(
            .fieldWithSpace, .warning,
            """
            Field names with leading or trailing spaces, or double spaces, are usually slips.
            """,
            """
            Correct the field name.
            """),
        Entry(
            .duplicateValue, .note,
            """
            A value stands twice in the list; comparison ignores case.
            """,
            """
            Remove one.
            """),
    ]
}
