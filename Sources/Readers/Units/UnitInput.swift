// SPDX-License-Identifier: Apache-2.0
import Events

/// One input of a run, shared by its units: what it holds, and the reader that must see its records in order.
///
/// SAFETY: what changes is only touched by `settle`, which runs for one unit at a time; whoever moves units between
/// threads orders one call before the next.
final class UnitInput: @unchecked Sendable {
    /// What the input turned out to be; nil when it could not be opened.
    let content: InputContent?
    private var reader = OrderedReader.none

    init(_ content: InputContent?, vocabulary: Vocabulary, logSource: LogSource?) {
        self.content = content
        if let content { reader = OrderedReader(content, vocabulary: vocabulary, logSource: logSource) }
    }

    /// Does what must be done in order.
    func settle(_ unit: inout InputUnit) {
        if unit.isEnd { reader.finish(&unit) } else { reader.read(&unit) }
    }
}
