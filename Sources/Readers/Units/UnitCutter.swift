// SPDX-License-Identifier: Apache-2.0
import Events

/// Cuts a list of inputs into units, one input after the other.
///
/// The cheap part of reading: it opens, decompresses and looks for the ends of records. One thread at a time.
public struct UnitCutter {
    private let paths: [String]
    private let format: Format?
    private let limits: InputLimits
    private let vocabulary: Vocabulary
    private let logSource: LogSource?
    private let evtx: EVTXOptions
    private var next = 0
    private var current: (cutter: RecordCutter, input: UnitInput?)?
    private var bytesBefore: UInt64 = 0

    /// Names the inputs, in order; each is opened when its turn comes.
    ///
    /// `format`, `logSource` and `evtx` are those of `FileSource`.
    public init(
        paths: [String], format: Format? = nil, limits: InputLimits = InputLimits(), vocabulary: Vocabulary,
        logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()
    ) {
        self.evtx = evtx
        self.paths = paths
        self.format = format
        self.limits = limits
        self.vocabulary = vocabulary
        self.logSource = logSource
    }

    /// Replaces the unit's content with the next records; false when there are none left.
    ///
    /// The last unit of each input has none: it tells the input's readers that nothing more comes.
    public mutating func cut(_ unit: inout InputUnit) -> Bool {
        if current == nil {
            guard next < paths.count else { return false }
            current = (RecordCutter(path: paths[next], format: format, limits: limits, evtx: evtx), nil)
            next += 1
        }
        guard var (cutter, input) = current.take() else { return false }
        unit.reset()
        let got = cutter.cut(&unit.batch, &unit.records, &unit.chunk, report: &unit.report)
        let own = input ?? UnitInput(cutter.content, vocabulary: vocabulary, logSource: logSource)
        input = own
        unit.input = own
        unit.isEnd = !got
        unit.bytesDone = bytesBefore + cutter.position
        if got {
            current = (cutter, input)
        } else {
            bytesBefore += cutter.position
        }
        return true
    }
}
