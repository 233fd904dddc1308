// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// Whether the record is a Tetragon event: it has a process below the name of its kind.
    var isTetragon: Bool {
        flattener.has(.tetragon(.exec)) || flattener.has(.tetragon(.exit)) || flattener.has(.tetragon(.other))
    }

    /// Makes an event of a Tetragon event.
    mutating func readTetragon(_ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport) {
        Self.addNames(&shapes.tetragon, &flattener, user: .tetragon(.user), from: record.first, in: &batch)
        let name = tetragon(&batch)
        commit(
            shapes.tetragon.source(batch.bytes.span.extracting(name)), times: JSONTime.sensor, record, into: &batch,
            report: &report)
    }

    /// Tetragon splits a command line into program and arguments, and prefixes container ids with their runtime.
    ///
    /// Gives what the event is.
    private func tetragon(_ batch: inout EventBatch) -> Range<Int> {
        joinCommand(.tetragon(.binary), .tetragon(.arguments), .commandLine, &batch)
        joinCommand(.tetragon(.parent), .tetragon(.parentArguments), .parentCommandLine, &batch)
        if let id = flattener.text(.tetragon(.container), in: batch), id.length > 0 {
            let colon = batch.position(of: UInt8(ascii: ":"), in: id.range)
            if let colon, batch.starts(colon..<id.range.upperBound, with: "://") {
                batch.append(.containerRuntime, id.range.lowerBound..<colon)
                batch.append(.containerId, colon + 3..<id.range.upperBound)
            } else {
                batch.append(.containerId, id.range)
            }
        } else if let id = flattener.text(.tetragon(.docker), in: batch), id.length > 0 {
            batch.append(.containerId, id.range)
        }
        if let image = flattener.text(.tetragon(.image), in: batch) { ImageReference.append(image.range, into: &batch) }
        if let node = flattener.text(.tetragon(.node), in: batch) { batch.append(.hostName, node.range) }
        if let function = flattener.text(.tetragon(.function), in: batch) { return function.range }
        let start = batch.bytes.count
        if flattener.has(.tetragon(.exec)) {
            batch.bytes.append(contentsOf: "process_exec".utf8)
        } else if flattener.has(.tetragon(.exit)) {
            batch.bytes.append(contentsOf: "process_exit".utf8)
        }
        return start..<batch.bytes.count
    }

    private func joinCommand(
        _ program: KnownField, _ arguments: KnownField, _ field: FieldID, _ batch: inout EventBatch
    ) {
        guard let binary = flattener.text(program, in: batch), binary.length > 0 else { return }
        guard let rest = flattener.text(arguments, in: batch), rest.length > 0 else {
            batch.append(field, binary.range)
            return
        }
        let start = batch.bytes.count
        batch.appendCopy(binary.range)
        batch.bytes.append(UInt8(ascii: " "))
        batch.appendCopy(rest.range)
        batch.append(field, start..<batch.bytes.count)
    }
}
