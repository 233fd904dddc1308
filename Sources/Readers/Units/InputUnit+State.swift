// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension InputUnit {
    /// Writes what the source put into the unit, before anything is made of it; `ResumableSource.replay` reads it.
    public func save(to state: inout StateWriter) {
        state.write(batch.path)
        state.write(arrived)
        state.write(isEnd)
        state.write(bytesDone)
        report.save(to: &state)
        state.write(input != nil)
        state.write(input?.content) { $1.save(to: &$0) }
        state.write(standing) { $1.save(to: &$0) }
        switch cut {
        case .records(let records):
            state.write(false)
            state.write(batch.bytes)
            state.write(records) { state, record in
                state.write(record.range.lowerBound)
                state.write(record.range.count)
                state.write(record.position)
            }
        case .chunk(let chunk):
            state.write(true)
            state.write(chunk.index)
            state.write(chunk.offset)
            state.write(chunk.isCut)
            state.write(chunk.storage.span.extracting(0..<chunk.count))
        }
    }

    /// Reads it; gives what its input holds, where it has one.
    mutating func restore(from state: inout StateReader) throws(StateError) -> (hasInput: Bool, content: InputContent?)
    {
        reset()
        batch.path = try state.readString()
        arrived = try state.readTimestamp()
        isEnd = try state.readBool()
        bytesDone = try state.readUInt64()
        report = try ReadReport(from: &state)
        let hasInput = try state.readBool()
        let content = try state.readOptional { state throws(StateError) in try InputContent(from: &state) }
        standing = try state.readOptional { state throws(StateError) in try LogRecord(from: &state) }
        if try state.readBool() {
            let (index, offset, isCut) = (try state.readInt(), try state.readUInt64(), try state.readBool())
            let bytes = try state.readBytes()
            guard bytes.count <= EVTXChunk.size else { throw .torn }
            var chunk = EVTXChunk(index: index, offset: offset, bytes: bytes)
            chunk.isCut = isCut
            cut = .chunk(chunk)
            return (hasInput, content)
        }
        batch.bytes = try state.readBytes()
        // Records are only cut before the padding.
        let size = batch.bytes.count - EventBatch.padding
        cut = .records(
            try state.readList(size: 3) { state throws(StateError) in
                let start = try state.readInt(in: 0..<max(0, size) + 1)
                let count = try state.readInt(in: 0..<max(0, size) + 1 - start)
                return Record(range: start..<start + count, position: try state.readUInt64())
            })
        return (hasInput, content)
    }
}
