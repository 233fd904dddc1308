// SPDX-License-Identifier: Apache-2.0
import Strategies

/// Pages about the document, its blocks and its sections.
extension StrategyFindingCatalogue {
    static let document: [Entry] = [
        Entry(
            .unreadableDocument,
            "The document is over a mebibyte, or its markup nests so deep that reading it would take time out"
                + " of all proportion. Nothing of it was read.",
            "Split the document, or remove the nesting the message points to."),
        Entry(
            .invalidUTF8,
            "The document holds bytes that are not UTF-8. They are kept, but read as the replacement"
                + " character, so names and values next to them may not match.",
            "Save the document as UTF-8."),
        Entry(
            .blockUnknownKey,
            "A block holds a key that nothing reads, often a slip of the pen. What stands under it has no"
                + " effect.",
            "Use one of the keys the message lists; docs/reference/strategy.md describes them."),
        Entry(
            .blockWrongType,
            "A value has another shape than the key asks for, such as a list where text is expected. It is"
                + " left out.",
            "Write the value in the shape docs/reference/strategy.md shows."),
        Entry(
            .blockMissingKey,
            "A key without which the entry means nothing is not there. The entry is left out.",
            "Add the key the message names."),
        Entry(
            .blockBadValue,
            "A value is none of those that are understood. For a suppression this means that it does not"
                + " silence anything.",
            "Use one of the values the message lists."),
        Entry(
            .blockDuplicate,
            "Two entries have the same id, or a block of which there can be one stands twice. The first"
                + " counts.",
            "Give the entry an id of its own, or join the blocks."),
        Entry(
            .blockMisplaced,
            "A block stands in a section where readers do not look for it. It works all the same.",
            "Move the block into the section the message names."),
        Entry(
            .titleMissing,
            "Every alert of the strategy shows its title; without one responders read a folder's name.",
            "Start the document with a heading of level 1 that says what is detected."),
        Entry(
            .titleGeneric,
            "The title only says that this is a strategy, not what it detects, so it cannot be told from any"
                + " other in a list of alerts.",
            "Put the behaviour that is detected into the title."),
        Entry(
            .sectionMissing,
            "Palantir's framework asks for nine sections because each answers a question that somebody has at"
                + " three in the morning. Headings are matched by synonyms, whatever their level and order.",
            "Add the section. If it is there under another name, use one of the names in"
                + " docs/reference/strategy.md."),
        Entry(
            .sectionEmpty,
            "The section is there but says nothing, or only that it is still to be written.",
            "Write the section."),
        Entry(
            .resourcesWithoutLink,
            "The section is there to lead somewhere: to the report, the source code, the specification the"
                + " strategy rests on. Without a link the next reader starts from nothing.",
            "Link what the strategy was written from."),
    ]
}
