// SPDX-License-Identifier: Apache-2.0
import Events

/// A reader that has read nothing, with its vocabulary.
///
/// Making both takes far longer than reading a small input, so they are kept from one input to the next: readers are
/// values, each input gets a copy. Once inputs have filled half of the vocabulary both are made anew, so that a finding
/// hardly depends on what was read before it.
///
/// SAFETY: the fuzzer runs its inputs one after the other on one thread, so nothing is shared.
public final class Fresh<Reader>: @unchecked Sendable {
    private var made: (Reader, Vocabulary)?
    private let make: (Vocabulary) -> Reader

    /// Keeps what `make` gives.
    public init(_ make: @escaping (Vocabulary) -> Reader) { self.make = make }

    /// The reader and its vocabulary.
    public var pair: (Reader, Vocabulary) {
        if let made, made.1.fieldCount < made.1.capacity / 2 { return made }
        let vocabulary = Vocabulary(capacity: 8192)
        let pair = (make(vocabulary), vocabulary)
        made = pair
        return pair
    }
}
