// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What was made of command lines lately: hosts run the same ones again and again, and reading one takes far longer than
/// comparing it.
///
/// Each command line has one place, and the one that came last keeps it. Bounded by `mostBytes` of command lines and
/// code, beyond which everything is forgotten.
struct PythonMemo: Sendable {
    /// What the result depends on.
    struct Question {
        /// Where the program's path, its command line and its original name lie; the last may be empty.
        var image: Range<Int>
        var commandLine: Range<Int>
        var originalName: Range<Int>
        var hasTerminal: Bool
        var isWindows: Bool
    }

    private struct Entry: Sendable {
        /// The three texts one behind the other, and how long the first two are.
        var key: [UInt8] = []
        var imageLength = 0
        var commandLength = 0
        var hasTerminal = false
        var isWindows = false
        var facts: PythonFacts?
    }

    private static let size = 2048
    private static let mostBytes = 4 << 20

    private var entries: [Entry?] = Array(repeating: nil, count: size)
    /// Bytes of all entries made since everything was forgotten last.
    private var bytes = 0

    /// What `make` made of the same command line before, or else makes of it now.
    mutating func facts(_ question: Question, in input: Span<UInt8>, _ make: () -> PythonFacts?) -> PythonFacts? {
        let image = input.extracting(question.image)
        let line = input.extracting(question.commandLine)
        let name = input.extracting(question.originalName)
        let place = Int(truncatingIfNeeded: (WideBytes.hash(line) ^ WideBytes.hash(image)) & UInt64(Self.size - 1))
        if let known = entries[place], known.hasTerminal == question.hasTerminal,
            known.isWindows == question.isWindows, known.imageLength == image.count,
            known.commandLength == line.count, known.key.count == image.count + line.count + name.count
        {
            let key = known.key.span
            let end = image.count + line.count
            if WideBytes.equal(key.extracting(0..<image.count), image),
                WideBytes.equal(key.extracting(image.count..<end), line),
                WideBytes.equal(key.extracting(end..<key.count), name)
            {
                return known.facts
            }
        }
        let facts = make()
        // The code is in the command line too; what is taken off it in layers is counted once more.
        let size = image.count + line.count + name.count + (facts?.code.reduce(0) { $0 + $1.count } ?? 0)
        guard size <= Self.mostBytes / 64 else { return facts }
        if bytes + size > Self.mostBytes {
            entries = Array(repeating: nil, count: Self.size)
            bytes = 0
        }
        bytes += size
        var entry = Entry(
            imageLength: image.count, commandLength: line.count, hasTerminal: question.hasTerminal,
            isWindows: question.isWindows, facts: facts)
        entry.key.append(contentsOf: image)
        entry.key.append(contentsOf: line)
        entry.key.append(contentsOf: name)
        entries[place] = entry
        return facts
    }
}
