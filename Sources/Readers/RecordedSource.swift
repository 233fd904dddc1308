// SPDX-License-Identifier: Apache-2.0
import Events

/// Telemetry that was recorded: files and standard input, one after the other, each to its end.
public struct RecordedSource: EventSource {
    private let paths: [String]
    private let format: Format?
    private let limits: InputLimits
    private let vocabulary: Vocabulary
    private let logSource: LogSource?
    private let evtx: EVTXOptions
    private var following = 0
    private var current: (cutter: RecordCutter, input: UnitInput?)?
    private var bytesBefore: UInt64 = 0

    /// Names the inputs, in order; each is opened when its turn comes.
    ///
    /// `format` is taken as given when it is not nil. `logSource` is for formats that do not tell their own: plain text
    /// and JSON.
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

    /// None: recorded telemetry is there, or comes down a pipe for which `next` waits.
    public var descriptors: [Int32] { [] }

    /// Fills the unit with the next records; never answers `nothing`.
    ///
    /// The last unit of each input has no records: it tells the input's readers that nothing more comes.
    public mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        unit.reset()
        if current == nil {
            guard following < paths.count else { return .ended }
            let options = RecordCutter.Options(format: format, limits: limits, evtx: evtx)
            current = (RecordCutter(path: paths[following], options: options), nil)
            following += 1
        }
        guard var (cutter, input) = current.take() else { return .ended }
        let got = cutter.cut(&unit.batch, &unit.cut, report: &unit.report)
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
        return .unit
    }
}
