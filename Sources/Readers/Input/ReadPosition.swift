// SPDX-License-Identifier: Apache-2.0
import Events

/// Where reading an input stands: before the first byte that was not handed over in a unit.
struct ReadPosition: Sendable, Hashable {
    /// How many bytes of text were handed over: decompressed, as UTF-8, without the byte order mark.
    var text: UInt64 = 0
    /// Bytes of the byte order mark before the text, which are bytes of the file.
    var mark: UInt64 = 0
    /// Whether the text is the file's bytes as they are, so that any place of it can be found at once.
    var isPlain = true
    /// The number of the record read last.
    var record: UInt64 = 0
    /// Whether a record that is too long is being passed over.
    var isSkipping = false
    /// Where in JSON documents the text stands.
    var scanner = JSONDocumentScanner()
    /// How many chunks were handed over, where the input has such.
    var chunk = 0

    /// The place in the file, where that can be told.
    var offset: UInt64 { mark + text }

    /// At the start of an input.
    init() {}

    /// Writes the place.
    func save(to writer: inout StateWriter) {
        writer.write(text)
        writer.write(mark)
        writer.write(isPlain)
        writer.write(record)
        writer.write(isSkipping)
        writer.write(chunk)
        scanner.save(to: &writer)
    }

    /// Reads a place.
    init(from state: inout StateReader) throws(StateError) {
        text = try state.readUInt64()
        mark = try state.readUInt64()
        isPlain = try state.readBool()
        record = try state.readUInt64()
        isSkipping = try state.readBool()
        chunk = try state.readInt(in: 0..<Int.max)
        scanner = try JSONDocumentScanner(from: &state)
        // A place no file has room for would overflow on the way.
        guard text < 1 << 62, mark <= 3, record < 1 << 62 else { throw .torn }
    }
}
