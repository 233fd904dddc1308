// SPDX-License-Identifier: Apache-2.0

extension SigmaDiagnosticCatalogue {
    /// Findings about files and YAML, and documents.
    static let files: [Entry] = [
        Entry(
            .unreadableFile, .error,
            """
            The file or folder could not be opened or read, so none of its rules are loaded.
            """,
            """
            Check the path and its permissions.
            """),
        Entry(
            .fileTooLarge, .error,
            """
            Rule files are read whole, so their size is limited to 8 MiB to keep memory bounded.
            """,
            """
            Split the file, or move long value lists to variables.
            """),
        Entry(
            .folderTooDeep, .error,
            """
            Folders are followed to a limited depth, so that a loop of links ends. What lies deeper is not loaded.
            """,
            """
            Name the inner folder itself, or remove the link that closes the loop.
            """),
        Entry(
            .invalidUTF8, .error,
            """
            Sigma files are UTF-8. This one holds bytes that are not, and guessing an encoding could change what a \
            rule matches.
            """,
            """
            Save the file as UTF-8.
            """),
        Entry(
            .invalidYAML, .error,
            """
            The document is not well-formed YAML, so nothing of it can be trusted. Other documents of the same file \
            are still read.
            """,
            """
            Mend the YAML at the place given; unbalanced quotes and tabs in the indentation are the usual causes.
            """),
        Entry(
            .duplicateKey, .error,
            """
            A key stands twice in one map. YAML tools would keep one of the two and drop the other silently, which in \
            a detection means a weaker or a different rule.
            """,
            """
            Merge the two, or make a list of maps.
            """),
        Entry(
            .complexKey, .error,
            """
            The key of a map is itself a list, a map or an alias. Sigma has no use for such keys, and comparing them \
            can be made arbitrarily slow.
            """,
            """
            Use plain text as key.
            """),
        Entry(
            .documentTooLarge, .error,
            """
            Once aliases are expanded the document has more nodes than a document may have. Deeply nested aliases can \
            describe gigabytes in a few lines.
            """,
            """
            Split the document, or write it without nested aliases.
            """),
        Entry(
            .nestingTooDeep, .error,
            """
            The document nests lists and maps deeper than any rule does.
            """,
            """
            Flatten it.
            """),
        Entry(
            .unsupportedTag, .error,
            """
            The document uses a YAML tag that is not part of the core schema, so the value cannot be resolved.
            """,
            """
            Leave the tag out, or quote the value.
            """),
        Entry(
            .notASigmaDocument, .warning,
            """
            The document has none of the keys detection, correlation and filter, so it is no Sigma document and is \
            skipped.
            """,
            """
            Move other YAML files out of the rule folders, or add what is missing.
            """),
        Entry(
            .unknownAction, .error,
            """
            Legacy rule collections know the actions global, reset and repeat only.
            """,
            """
            Use one of these, or split the collection into complete documents.
            """),
        Entry(
            .wrongType, .error,
            """
            A key holds another kind of value than Sigma expects there, so its meaning is unclear.
            """,
            """
            Give the kind of value the message names.
            """),
        Entry(
            .missingTitle, .warning,
            """
            The document has no title; it is loaded under a made-up one.
            """,
            """
            Give it a short title.
            """),
        Entry(
            .missingLogsource, .error,
            """
            A rule or filter says by its log source which events it is for. Without one it would be run over \
            everything.
            """,
            """
            Add logsource with at least one of category, product and service.
            """),
        Entry(
            .badID, .warning,
            """
            The id is not a UUID, so other tools may refuse the document and references to it may break.
            """,
            """
            Give it a random UUID (version 4).
            """),
        Entry(
            .badDate, .warning,
            """
            The date is not an ISO 8601 date.
            """,
            """
            Write it as 2026-01-31.
            """),
        Entry(
            .unknownStatus, .warning,
            """
            The status is none of stable, test, experimental, deprecated and unsupported.
            """,
            """
            Use one of these.
            """),
        Entry(
            .unknownLevel, .warning,
            """
            The level is none of informational, low, medium, high and critical; the rule is loaded without a level.
            """,
            """
            Use one of these.
            """),
    ]
}
