// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Writes the payload of a pack: a table of the texts that occur, then a record for each file (see `Pack`).
struct PackWriter {
    /// The record being written.
    private(set) var records: [UInt8] = []
    private var numbers: [ExactText: Int] = [:]
    private var texts: [String] = []
    private var textBytes = 0
    /// Whether lines and columns are written too.
    let keepsLocations: Bool

    /// Starts with nothing.
    init(keepsLocations: Bool = true) { self.keepsLocations = keepsLocations }

    /// A text by its bytes.
    ///
    /// `String` itself takes canonically equivalent texts for equal, and detection must not.
    private struct ExactText: Hashable {
        let text: String

        static func == (a: ExactText, b: ExactText) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    /// Writes a number: seven bits a byte, least significant first.
    mutating func put(_ number: Int) {
        var rest = UInt64(bitPattern: Int64(number))
        while rest >= 0x80 {
            records.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        records.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes eight bytes, least significant first.
    mutating func put(word: UInt64) {
        for shift in 0..<8 { records.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }

    /// Writes a text.
    mutating func put(_ text: String) { put(number(of: text)) }

    /// Writes a text that may be missing.
    mutating func put(_ text: String?) { put(text.map { number(of: $0) + 1 } ?? 0) }

    /// Writes a list.
    mutating func put<Element>(_ list: [Element], _ write: (inout PackWriter, Element) -> Void) {
        put(list.count)
        for element in list { write(&self, element) }
    }

    /// Writes texts.
    mutating func put(_ texts: [String]) { put(texts) { $0.put($1) } }

    /// Writes texts by name, in an order that does not change from run to run.
    mutating func put(_ map: [String: String]) {
        put(map.sorted { $0.key < $1.key }) {
            $0.put($1.key)
            $0.put($1.value)
        }
    }

    private mutating func number(of text: String) -> Int {
        let key = ExactText(text: text)
        if let known = numbers[key] { return known }
        numbers[key] = texts.count
        texts.append(text)
        textBytes += text.utf8.count
        return texts.count - 1
    }

    /// The payload, given where each record starts; nil when it is too large for the format.
    func payload(files: [(digest: SipHash.Digest, start: Int)]) -> [UInt8]? {
        guard let _ = UInt32(exactly: records.count), let _ = UInt32(exactly: textBytes) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(16 + 4 * texts.count + textBytes + Pack.entrySize * files.count + records.count)
        for number in [texts.count, textBytes, files.count, records.count] { Self.append(number, to: &output) }
        for text in texts { Self.append(text.utf8.count, to: &output) }
        for text in texts { output += text.utf8 }
        for (index, file) in files.enumerated() {
            output += file.digest.bytes
            Self.append(file.start, to: &output)
            let end = index + 1 < files.count ? files[index + 1].start : records.count
            Self.append(end - file.start, to: &output)
        }
        return output + records
    }

    private static func append(_ number: Int, to output: inout [UInt8]) {
        for shift in 0..<4 { output.append(UInt8(truncatingIfNeeded: number >> (8 * shift))) }
    }
}
