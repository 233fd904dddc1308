// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Several outputs at once: each change goes to every one that wants it.
///
/// An output that fails is named with its reason. In a hunt over recorded telemetry the others are still written whole,
/// and the failure is thrown at the end; in a followed hunt it is thrown at once, for nobody waits for the end.
public final class AlertSinks: AlertSink {
    private struct Member {
        var request: OutputRequest
        var sink: any AlertSink
        var file: OutputFile?
        var hasFailed = false
    }

    private var members: [Member] = []
    private let isFollowed: Bool
    private var failure: OutputError?

    /// Opens all outputs; none is touched when the requests contradict each other (`OutputRequest.check`).
    public init(_ requests: [OutputRequest], settings: OutputSettings) throws(OutputError) {
        isFollowed = settings.isFollowed
        for request in requests {
            var file: OutputFile?
            if let path = request.file {
                let isAppended = settings.isFollowed && request.format != .html
                file = try OutputFile(path: path, mode: isAppended ? .appended : .replaced)
            }
            members.append(Member(request: request, sink: Self.sink(request.format, file, settings), file: file))
        }
    }

    /// Sinks of one's own, named for messages.
    init(_ sinks: [(request: OutputRequest, sink: any AlertSink)], isFollowed: Bool) {
        self.isFollowed = isFollowed
        members = sinks.map { Member(request: $0.request, sink: $0.sink, file: nil) }
    }

    private static func sink(_ format: AlertFormat, _ file: OutputFile?, _ settings: OutputSettings) -> any AlertSink {
        let descriptor = file?.descriptor ?? 1
        let output = ByteOutput(descriptor: descriptor)
        let terminal = Terminal(descriptor: descriptor)
        var style = TableStyle(terminal: terminal)
        style.isBrief = settings.isBrief
        switch format {
        case .table:
            if settings.isFollowed { return TableSink(output, style: style, isFollowed: true) }
            guard settings.hasOverview ?? terminal.isTerminal else { return TableSink(output, style: style) }
            return FirstScreenSink(output, style: style, showsAll: settings.showsAll)
        case .jsonl: return JSONLinesSink(output, isFollowed: settings.isFollowed)
        case .ocsf:
            return OCSFSink(
                output, productVersion: settings.version, now: settings.now, isFollowed: settings.isFollowed)
        case .csv:
            return TimelineSink(
                output, isSorted: !settings.isFollowed, hasHeader: !(file?.isContinued ?? false))
        case .html: return ReportSink(output, version: settings.version, now: settings.now)
        }
    }

    /// Hands a change to every output that wants it.
    public func take(_ change: AlertChange) throws(OutputError) {
        for index in members.indices where !members[index].hasFailed {
            guard members[index].sink.interest == .everyChange || change.kind == .closed else { continue }
            do { try members[index].sink.take(change) } catch { try note(error, of: index) }
        }
    }

    /// Finishes every output; then throws what the first one that failed failed with.
    public func finish() throws(OutputError) {
        for index in members.indices where !members[index].hasFailed {
            do {
                try members[index].sink.finish()
                try members[index].file?.finish()
            } catch { keep(error, of: index) }
        }
        if let failure { throw failure }
    }

    private func note(_ error: OutputError, of index: Int) throws(OutputError) {
        keep(error, of: index)
        if let failure, isFollowed || members.allSatisfy(\.hasFailed) { throw failure }
    }

    private func keep(_ error: OutputError, of index: Int) {
        members[index].hasFailed = true
        guard failure == nil else { return }
        let name = "--output \(members[index].request)"
        failure = OutputError(number: error.number, description: "\(name): \(error.description)")
    }
}
