// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Choices for reading Windows event logs.
public struct EVTXOptions: Sendable {
    /// Whether the checksums of file and chunks are held against their content; what does not match is still read.
    public var verifiesChecksums: Bool

    /// Makes options.
    public init(verifiesChecksums: Bool = false) { self.verifiesChecksums = verifiesChecksums }
}

/// Makes events of a Windows event log's chunks (EVTX), without XML or JSON in between.
///
/// Each record names a template and brings the values that go into it. Templates are compiled once a chunk into steps;
/// a record's values are written straight to the fields the steps name. Fields, kinds of values and log source are those
/// of the same event as dumped JSON. A copy shares buffers: do not use copies on several threads, make a reader for each.
public struct EVTXReader {
    /// Fragments nested deeper are left out; events need two.
    static let maximumNesting = 8
    /// Steps taken, bytes of text and slots made for each byte of a chunk, and beyond that for any chunk.
    ///
    /// Templates may repeat themselves, so that a small chunk could ask for a lot. Events take a step and make a slot for
    /// some ten bytes, and their text is shorter than their record.
    static let (stepsPerByte, textPerByte, slotsPerByte, allowance) = (16, 16, 1, 1 << 16)

    var options: EVTXOptions
    var compiler: EVTXCompiler
    var programs = EVTXProgramTable()
    var output = EVTXOutput()
    let known = KnownSlots()
    let windows: WindowsTaxonomy
    /// The values of the record being read, those of nested fragments behind them.
    let values = RawBlock<EVTXValue>(repeating: EVTXValue(), count: maximumValues)
    static let maximumValues = 1 << 14
    /// When the record says that it happened.
    var created: Int64?
    /// How many slots the batch had before the record.
    var firstSlot = 0
    /// Steps that may still be taken.
    var stepsLeft = 0

    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: EVTXOptions = EVTXOptions()) {
        self.options = options
        compiler = EVTXCompiler(vocabulary)
        windows = WindowsTaxonomy(vocabulary)
    }

    /// Appends the events of one chunk to a batch.
    ///
    /// What cannot be read is counted in `report` with its place: the chunk, the record's id and its offset in the file.
    /// Text and slots made of a chunk are bounded, whatever it holds.
    public mutating func read(_ chunk: EVTXChunk, into batch: inout EventBatch, report: inout ReadReport) {
        switch chunk.content {
        case .unused: return
        case .damaged:
            report.add(
                .malformed, path: batch.path, position: 0,
                "\(Self.place(chunk)): its header is damaged; only records that are whole were read")
        case .records: break
        }
        if options.verifiesChecksums, !chunk.hasValidChecksums {
            report.add(
                .malformed, path: batch.path, position: 0,
                "\(Self.place(chunk)): a checksum does not match; the records were read all the same")
        }
        compiler.startChunk()
        programs.removeAll()
        stepsLeft = chunk.count * Self.stepsPerByte + Self.allowance
        walk(chunk, into: &batch, report: &report)
    }

    /// How messages name a chunk.
    static func place(_ chunk: EVTXChunk) -> String {
        "chunk \(chunk.index) at byte \(chunk.offset)"
    }
}

/// One value of a record: what it is, and where in the chunk it lies.
struct EVTXValue: BitwiseCopyable {
    var offset: UInt32 = 0
    var size: UInt16 = 0
    var type: UInt8 = EVTXValueType.null
}
