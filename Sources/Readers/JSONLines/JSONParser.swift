// SPDX-License-Identifier: Apache-2.0
import CSimdjson
import Events

/// A simdjson parser and the buffers it keeps between documents.
@safe final class JSONParser {
    /// How a parse ended.
    enum Outcome {
        /// The document, until the next parse; its strings are copied into the batch.
        case document(JSONTape)
        /// The bytes are not UTF-8.
        case notUTF8
        /// The bytes are no JSON document, for this reason.
        case malformed(String)
    }

    /// Nil only when memory ran out; every document is then refused.
    private let parser: OpaquePointer?

    init() { unsafe parser = vd_json_parser_create() }

    deinit {
        // SAFETY: this object alone owns the parser, and nothing can use it any more.
        if let parser = unsafe parser { unsafe vd_json_parser_destroy(parser) }
    }

    /// Where the structure of bytes of the batch stands; nil where `parse` has to tell what is wrong with them.
    ///
    /// Padding is added when the batch lacks it.
    func findStructure(_ range: Range<Int>, in batch: inout EventBatch) -> JSONStructure? {
        guard let parser = unsafe parser else { return nil }
        pad(range, in: &batch)
        var raw = unsafe vd_json_index()
        // SAFETY: as in `parse`.
        let status = unsafe batch.bytes.withUnsafeBufferPointer { buffer in
            unsafe vd_json_find_structure(
                parser, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count, &raw)
        }
        guard status == VD_JSON_OK, let places = unsafe raw.places else { return nil }
        return unsafe JSONStructure(places: places, count: raw.count)
    }

    private func pad(_ range: Range<Int>, in batch: inout EventBatch) {
        let missing = range.upperBound + EventBatch.padding - batch.bytes.count
        if missing > 0 { batch.bytes.append(contentsOf: repeatElement(0, count: missing)) }
    }

    /// Parses bytes of the batch and appends the document's strings to it, decoded.
    ///
    /// Padding is added when the batch lacks it.
    func parse(_ range: Range<Int>, in batch: inout EventBatch) -> Outcome {
        guard let parser = unsafe parser else { return .malformed("out of memory") }
        pad(range, in: &batch)
        var raw = unsafe vd_json_tape()
        // SAFETY: the range lies in the buffer, with EventBatch.padding bytes behind it (just seen to); simdjson needs
        // 64 of any content. The parser reads them only during the call.
        let status = unsafe batch.bytes.withUnsafeBufferPointer { buffer in
            unsafe vd_json_parse(parser, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count, &raw)
        }
        switch status {
        case VD_JSON_OK:
            // Slots point with 32 bits; an input layer with sane batches never comes near.
            guard let strings = unsafe raw.strings, let words = unsafe raw.tape,
                unsafe batch.bytes.count + raw.strings_length < Int(UInt32.max) / 2
            else { return .malformed("the batch is too large") }
            let base = batch.bytes.count
            // SAFETY: the shim says how many bytes of the string buffer are in use.
            unsafe batch.bytes.append(
                contentsOf: UnsafeBufferPointer(start: strings, count: raw.strings_length))
            return unsafe .document(JSONTape(words: words, count: raw.tape_length, stringBase: base))
        case VD_JSON_INVALID_UTF8:
            return .notUTF8
        case VD_JSON_TOO_DEEP:
            return .malformed("not read: nested deeper than the JSON parser goes")
        default:
            // SAFETY: the message is a static string of simdjson.
            let message = unsafe String(cString: vd_json_message(parser))
            return .malformed("not JSON: " + message)
        }
    }
}

/// Where a document's structure stands: the places, from its first byte on, of brackets, colons, commas, opening quotes
/// and the first bytes of other values.
///
/// It borrows the parser's memory: use it only until that parser looks at its next document.
@safe struct JSONStructure {
    /// The places in their order.
    let places: UnsafePointer<UInt32>
    /// How many there are.
    let count: Int

    @unsafe init(places: UnsafePointer<UInt32>, count: Int) {
        unsafe self.places = places
        self.count = count
    }
}
