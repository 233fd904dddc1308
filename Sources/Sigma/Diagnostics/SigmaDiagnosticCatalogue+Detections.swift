// SPDX-License-Identifier: Apache-2.0

extension SigmaDiagnosticCatalogue {
    /// Findings about detections, modifiers, conditions.
    static let detections: [Entry] = [
        Entry(
            .missingDetection, .error,
            """
            The detection or filter is empty or not a map, so there is nothing to look for.
            """,
            """
            Add at least one search and a condition.
            """),
        Entry(
            .missingCondition, .error,
            """
            A detection needs a condition: it says how the searches are combined.
            """,
            """
            Add condition, for instance `condition: selection`.
            """),
        Entry(
            .emptySearch, .error,
            """
            A search without any item would hold for every event or for none; neither is likely to be meant.
            """,
            """
            Fill the search, or remove it.
            """),
        Entry(
            .emptyValues, .error,
            """
            A field with an empty list of values never holds.
            """,
            """
            List at least one value, use null for a missing field, or '' for an empty one.
            """),
        Entry(
            .badValue, .error,
            """
            The value cannot be compared with a field: it is nested, infinite or not a number.
            """,
            """
            Use text, a number, a boolean or null; quote what should be text.
            """),
        Entry(
            .nullInList, .error,
            """
            null means that the field is missing or null; it may not stand in a list of values.
            """,
            """
            Put `field: null` into a search of its own and join the two with `or`.
            """),
        Entry(
            .nullKeyword, .error,
            """
            A keyword is looked for in the whole event; null cannot be.
            """,
            """
            Remove it, or name the field that should be missing.
            """),
        Entry(
            .tooManyValues, .error,
            """
            Resolving placeholders would give one item an unreasonable number of values.
            """,
            """
            Use fewer placeholders in one value, or shorter lists.
            """),
        Entry(
            .unresolvedPlaceholder, .error,
            """
            The rule uses the `expand` modifier and nobody gave values for its placeholder. Evaluated as it stands, \
            the rule would never fire, or its exclusions would not work.
            """,
            """
            Define the variable, or use a pipeline with value_placeholders or wildcard_placeholders.
            """),
        Entry(
            .unknownModifier, .error,
            """
            The modifier is not part of Sigma 2.1. Ignoring it would change what the rule matches.
            """,
            """
            Correct the name; modifiers are written without spaces between the bars.
            """),
        Entry(
            .modifierNotApplicable, .error,
            """
            The modifier does not work on this kind of value or after the modifiers before it.
            """,
            """
            Change the value or the order of modifiers as the message says.
            """),
        Entry(
            .conflictingModifiers, .error,
            """
            The modifiers contradict each other, so it is unclear where in the value the text may stand.
            """,
            """
            Keep one of contains, startswith and endswith.
            """),
        Entry(
            .duplicateModifier, .warning,
            """
            The modifier stands twice.
            """,
            """
            Remove one.
            """),
        Entry(
            .modifierWithoutEffect, .warning,
            """
            The modifier changes nothing here.
            """,
            """
            Remove it.
            """),
        Entry(
            .modifierNeedsField, .error,
            """
            Keywords are looked for in the whole event; this modifier works on one field only.
            """,
            """
            Name the field before the modifier.
            """),
        Entry(
            .allOnSingleValue, .warning,
            """
            `all` says that every value of a list must match; with one value it does nothing.
            """,
            """
            Remove `all`, or add the values that are missing.
            """),
        Entry(
            .regexFlagWithoutRegex, .error,
            """
            The modifiers i, m, s and their long forms set flags of a regular expression, so they stand after `re`.
            """,
            """
            Write `field|re|i`.
            """),
        Entry(
            .badCIDR, .error,
            """
            The value of `cidr` is not a network in CIDR notation, or has bits set behind the prefix.
            """,
            """
            Write it like 10.0.0.0/8 or fe80::/10.
            """),
        Entry(
            .existsWantsBoolean, .error,
            """
            `exists` asks whether the field is there; its value is true or false.
            """,
            """
            Write `field|exists: true`.
            """),
        Entry(
            .numberExpected, .error,
            """
            The modifier compares numbers.
            """,
            """
            Give a number, without quotes.
            """),
        Entry(
            .wildcardNotAllowed, .error,
            """
            The value cannot hold wildcards here, because it is encoded or names a field.
            """,
            """
            Escape the wildcard with a backslash, or split the value.
            """),
        Entry(
            .timePartOutOfRange, .warning,
            """
            No time has such a part, so the item never holds.
            """,
            """
            Use minutes 0-59, hours 0-23, days 1-31, weeks 1-53, months 1-12.
            """),
        Entry(
            .badCondition, .error,
            """
            The condition cannot be parsed.
            """,
            """
            Use search identifiers, and, or, not, parentheses, and `1 of`, `any of` or `all of` with a pattern or \
            `them`.
            """),
        Entry(
            .unknownSearch, .error,
            """
            The condition names a search that the detection does not have.
            """,
            """
            Correct the name; identifiers are case-sensitive.
            """),
        Entry(
            .emptySelector, .error,
            """
            The pattern of an `of` expression selects no search. Searches that begin with an underscore are selected \
            only by patterns that do too.
            """,
            """
            Correct the pattern, or add the searches.
            """),
        Entry(
            .badQuantifier, .error,
            """
            The number before `of` is zero or greater than the number of searches selected, so the expression says \
            nothing.
            """,
            """
            Use a number from 1 to the number of searches.
            """),
        Entry(
            .conditionTooDeep, .error,
            """
            The condition is longer or nests deeper than any condition needs to.
            """,
            """
            Simplify it.
            """),
        Entry(
            .aggregationCondition, .error,
            """
            Aggregations after a bar (`| count() by ...`) and `near` were removed from Sigma; evaluating the part \
            before the bar alone would raise false alarms.
            """,
            """
            Write a correlation document of type event_count, value_count or temporal.
            """),
        Entry(
            .obsoleteTimeframe, .error,
            """
            `timeframe` belongs to the old aggregations; without them it has no meaning.
            """,
            """
            Write a correlation document and give it a timespan.
            """),
        Entry(
            .unusedSearch, .warning,
            """
            The condition does not use this search, so it has no influence.
            """,
            """
            Use it in the condition, or remove it.
            """),
    ]
}
