// SPDX-License-Identifier: Apache-2.0

extension SigmaDiagnosticCatalogue {
    /// Findings about correlations, filters, pipelines.
    static let references: [Entry] = [
        Entry(
            .unknownCorrelationType, .error,
            """
            The type is no correlation of Sigma 2.1 or pySigma.
            """,
            """
            Use event_count, value_count, temporal, temporal_ordered, value_sum, value_avg, value_percentile or \
            value_median.
            """),
        Entry(
            .missingCorrelationRules, .error,
            """
            A correlation needs the rules it correlates.
            """,
            """
            List them by name or id under rules.
            """),
        Entry(
            .badTimespan, .error,
            """
            The timespan is missing, malformed or out of bounds (one second to 366 days).
            """,
            """
            Write a number and a unit: 30s, 15m, 12h, 7d.
            """),
        Entry(
            .badCorrelationCondition, .error,
            """
            The condition of the correlation is missing or malformed.
            """,
            """
            Give bounds such as `gte: 10`; both ends of a range may be given.
            """),
        Entry(
            .missingCorrelationField, .error,
            """
            This type measures the values of a field, so its condition must name it.
            """,
            """
            Add `field` to the condition.
            """),
        Entry(
            .badPercentile, .error,
            """
            value_percentile needs to know which percentile of the values is compared with the bounds; the \
            specification leaves it open.
            """,
            """
            Add `percentile`, from 0 to 100, to the condition.
            """),
        Entry(
            .badAlias, .error,
            """
            An alias maps rules of the correlation to one of their fields; this one names another rule, or is \
            malformed.
            """,
            """
            List each member rule with its field.
            """),
        Entry(
            .unusedAlias, .warning,
            """
            The alias is neither grouped by nor measured, so it has no influence.
            """,
            """
            Add it to group-by, or remove it.
            """),
        Entry(
            .missingGroupBy, .note,
            """
            Without group-by all events of the member rules are counted together.
            """,
            """
            Add group-by if the events belong to a host, a user or an address.
            """),
        Entry(
            .unresolvedReference, .error,
            """
            The document refers to a rule that is not loaded or was refused.
            """,
            """
            Load the file that holds the rule, or correct the reference; rules are referred to by id or name, not by \
            title.
            """),
        Entry(
            .ambiguousReference, .warning,
            """
            Several documents have the id or name referred to; the first is used.
            """,
            """
            Make names and ids unique.
            """),
        Entry(
            .correlationCycle, .error,
            """
            Correlations refer to each other in a circle, so none of them can ever be decided first.
            """,
            """
            Break the circle.
            """),
        Entry(
            .missingFilterRules, .error,
            """
            A filter says which rules it applies to.
            """,
            """
            Add `rules`: a list of ids or names, or `any`.
            """),
        Entry(
            .filterRuleNotFound, .warning,
            """
            The filter names a rule that is not loaded.
            """,
            """
            Correct the reference, or remove it.
            """),
        Entry(
            .filterOnCorrelation, .warning,
            """
            Filters apply to rules; the document named is a correlation.
            """,
            """
            Name the member rules of the correlation.
            """),
        Entry(
            .filterLogsourceMismatch, .warning,
            """
            The filter's log source does not cover the rule it names, so it is not applied to it.
            """,
            """
            Widen the filter's log source, or correct the reference.
            """),
        Entry(
            .filterWithoutEffect, .warning,
            """
            The filter applies to no loaded rule.
            """,
            """
            Check its log source and its list of rules.
            """),
        Entry(
            .filterWithoutNot, .warning,
            """
            The filter's condition is added to the rule's with `and`. Without a `not` the rule then fires only for the \
            events described, which is seldom meant.
            """,
            """
            Write `condition: not selection` to exclude what the selection describes.
            """),
        Entry(
            .pipelineRefusal, .error,
            """
            A processing pipeline refuses the rule, or cannot be applied to it.
            """,
            """
            See the message; change the pipeline or leave the rule out.
            """),
        Entry(
            .pipelineIgnored, .note,
            """
            The pipeline holds parts that only make sense for query languages; they do nothing here.
            """,
            """
            Nothing needs to be done.
            """),
    ]
}
