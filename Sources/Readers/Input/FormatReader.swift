// SPDX-License-Identifier: Apache-2.0
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The reader of an input's format.
enum FormatReader {
    case audit(AuditReader)
    case xml(SysmonXMLReader)
    case json(JSONReader)
    case text(SyslogReader)
    case evtx(EVTXReader)
    /// Reads nothing: the input holds nothing that can be read.
    case none

    /// Makes the reader of an input; `logSource` is for formats that do not tell their own.
    init(
        _ content: RecordCutter.Content, vocabulary: Vocabulary, logSource: LogSource?,
        evtx: EVTXOptions = EVTXOptions(), pool: ReaderPool? = nil
    ) {
        switch content.format {
        case .auditd: self = .audit(AuditReader(vocabulary: vocabulary))
        case .sysmonXML where content.isBareXML: self = .xml(SysmonXMLReader(vocabulary: vocabulary))
        case .sysmonXML, .text:
            self = .text(
                SyslogReader(
                    vocabulary: vocabulary, newest: content.newest ?? Int64(time(nil)), logSource: logSource))
        case .jsonLines, .json:
            self = .json(JSONReader(vocabulary: vocabulary, options: JSONReaderOptions(logSource: logSource)))
        case .evtx: self = .evtx(pool?.takeEVTX(evtx) ?? EVTXReader(vocabulary: vocabulary, options: evtx))
        case .binary, .empty: self = .none
        }
    }

    /// Reads complete records; of a Windows event log those in `chunk`.
    mutating func read(
        _ records: [Record], _ chunk: EVTXChunk, into batch: inout EventBatch, report: inout ReadReport
    ) {
        // The enum gives its payload away while that is changed, so that the payload's arrays are not shared and copied.
        switch self {
        case .audit(let reader):
            self = .none
            reader.read(records, into: &batch, report: &report)
            self = .audit(reader)
        case .xml(var reader):
            self = .none
            reader.read(records, into: &batch, report: &report)
            self = .xml(reader)
        case .json(let reader):
            self = .none
            reader.read(records, into: &batch, report: &report)
            self = .json(reader)
        case .text(var reader):
            self = .none
            reader.read(records, into: &batch, report: &report)
            self = .text(reader)
        case .evtx(var reader):
            self = .none
            reader.read(chunk, into: &batch, report: &report)
            self = .evtx(reader)
        case .none: break
        }
    }

    /// The input has ended: gives what was kept back.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport, pool: ReaderPool? = nil) {
        let ending = self
        self = .none
        switch ending {
        case .audit(let reader): reader.finish(into: &batch, report: &report)
        case .xml(var reader): reader.finish(into: &batch, report: &report)
        case .json(let reader): reader.finish(into: &batch, report: &report)
        case .text(var reader): reader.finish(into: &batch, report: &report)
        case .evtx(let reader): pool?.give(reader)
        case .none: break
        }
    }
}
