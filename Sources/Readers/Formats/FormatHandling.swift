// SPDX-License-Identifier: Apache-2.0

/// What is done with an input of a format: how it is cut and who reads it.
///
/// `InputContent.handling` is the one table of this: a new format is a line in it.
struct FormatHandling {
    /// How an input is cut.
    enum Framing {
        /// A record a line.
        case lines
        /// Event XML: a record ends with `</Event>`.
        case eventXML
        /// JSON documents.
        case documents
        /// Chunks of a Windows event log.
        case chunks
        /// Not at all, which is told.
        case refused
        /// Not at all: there is nothing.
        case nothing
    }

    /// How an input is cut.
    var framing: Framing
    /// Who reads what is understood without its neighbours, on any thread.
    var standalone: StandaloneReaders.Kind?
    /// Who reads, in order, what hangs together.
    var ordered: OrderedReader.Kind?
}

extension InputContent {
    /// What is done with the input.
    var handling: FormatHandling {
        switch format {
        case .auditd: FormatHandling(framing: .lines, ordered: .audit)
        case .sysmonXML where isBareXML: FormatHandling(framing: .eventXML, standalone: .eventXML)
        case .sysmonXML, .text: FormatHandling(framing: .lines, ordered: .text)
        case .jsonLines: FormatHandling(framing: .lines, standalone: .json, ordered: .wrapped)
        case .json: FormatHandling(framing: .documents, standalone: .json, ordered: .wrapped)
        case .evtx: FormatHandling(framing: .chunks, standalone: .chunks)
        case .binary: FormatHandling(framing: .refused)
        case .empty: FormatHandling(framing: .nothing)
        }
    }
}
