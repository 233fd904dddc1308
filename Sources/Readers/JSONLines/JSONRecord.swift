// SPDX-License-Identifier: Apache-2.0
import Events

/// Where a document comes from.
struct JSONContext {
    /// The bytes kept as evidence.
    var evidence: Range<Int>
    /// The document's own text.
    var document: Range<Int>
    /// Number of the record.
    var position: UInt64
    /// How many documents it is wrapped in.
    var nesting: Int

    /// The same for one of several records in the document: its evidence is that record alone, so that it holds nothing
    /// of its neighbours.
    func of(_ value: Int, _ tape: JSONTape, _ batch: inout EventBatch) -> JSONContext {
        let text = JSONText.append(tape, value, into: &batch.bytes)
        return JSONContext(evidence: text, document: text, position: position, nesting: nesting)
    }
}

/// A record that was flattened.
struct JSONRecord {
    /// Its first slot in the batch.
    var first: Int
    /// Where it comes from.
    var context: JSONContext
}

/// Where a record stands in a tape.
struct JSONObject {
    var tape: JSONTape
    /// The record's first word.
    var index: Int
    /// Where a Kubernetes audit event lies in it, when that was looked for before the record was flattened.
    var wrapper: Int?
}
