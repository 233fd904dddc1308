// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Which interpreter a program name stands for; their option grammars differ.
enum PythonName: Sendable, Hashable {
    /// CPython 3 and everything that takes its options.
    case python
    /// CPython 2.
    case python2
    /// The IPython shell.
    case ipython
    /// The Windows launcher `py.exe`, which takes version options of its own first.
    case launcher

    /// Recognises a path or a bare name: `python`, `python3.11-dbg`, `C:\Python311\pythonw.exe`, `pypy3-c`, `py.exe`.
    ///
    /// Runs on each process event, so it looks at the last few bytes first and allocates nothing.
    init?(path: Span<UInt8>) {
        let name = path.extracting(ProgramName.range(in: path))
        guard name.count >= 2, name.count <= 40 else { return nil }
        switch CaseFolding.lowercased(name[0]) {
        case UInt8(ascii: "p"), UInt8(ascii: "i"), UInt8(ascii: "j"), UInt8(ascii: "m"), UInt8(ascii: "g"): break
        default: return nil
        }
        if Self.equals(name, "py") || Self.equals(name, "pyw") {
            self = .launcher
            return
        }
        for stem in Self.stems where Self.starts(name, stem.text) {
            var rest = stem.text.utf8CodeUnitCount
            let isTwo = rest < name.count && name[rest] == UInt8(ascii: "2")
            guard Self.isVersion(name, &rest) else { continue }
            self = stem.kind == .python && isTwo ? .python2 : stem.kind
            return
        }
        return nil
    }

    /// Recognises a name given as text.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(path: bytes.span)
    }

    private static let stems: [(text: StaticString, kind: PythonName)] = [
        ("pythonw", .python), ("python", .python), ("ipython", .ipython), ("pypy", .python),
        ("platform-python", .python), ("jython", .python), ("micropython", .python), ("graalpython", .python),
        ("graalpy", .python),
    ]

    /// `3.11t-dbg` and its like: digits and dots, ABI letters, a known ending, nothing else.
    private static func isVersion(_ name: Span<UInt8>, _ index: inout Int) -> Bool {
        while index < name.count, name[index] &- UInt8(ascii: "0") < 10 || name[index] == UInt8(ascii: ".") {
            index += 1
        }
        var letters = 0
        while index < name.count, letters < 3 {
            switch CaseFolding.lowercased(name[index]) {
            case UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "m"), UInt8(ascii: "u"), UInt8(ascii: "w"):
                index += 1
                letters += 1
            default: letters = 3
            }
        }
        if index == name.count { return true }
        let ending = name.extracting(index..<name.count)
        return endings.contains { equals(ending, $0) }
    }

    private static let endings: [StaticString] = [
        "-dbg", "-debug", "_d", "-c", "-intel64", "-32", "-64", "-real", ".bin",
    ]

    private static func equals(_ name: Span<UInt8>, _ text: StaticString) -> Bool {
        name.count == text.utf8CodeUnitCount && starts(name, text)
    }

    private static func starts(_ name: Span<UInt8>, _ text: StaticString) -> Bool {
        guard name.count >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { literal in
            for index in literal.indices where unsafe CaseFolding.lowercased(name[index]) != literal[index] {
                return false
            }
            return true
        }
    }
}

/// The last component of a program's path, as rules mean it.
enum ProgramName {
    /// Its place: behind the last `/` or `\`, without ` (deleted)` (proc(5)) and `.exe`.
    static func range(in path: Span<UInt8>) -> Range<Int> {
        var end = path.count
        if end > 10, equalBytes(path.extracting(end - 10..<end), " (deleted)") { end -= 10 }
        if end > 4, path[end - 4] == UInt8(ascii: "."), CaseFolding.lowercased(path[end - 3]) == UInt8(ascii: "e"),
            CaseFolding.lowercased(path[end - 2]) == UInt8(ascii: "x"),
            CaseFolding.lowercased(path[end - 1]) == UInt8(ascii: "e")
        {
            end -= 4
        }
        var start = end
        while start > 0, path[start - 1] != UInt8(ascii: "/"), path[start - 1] != UInt8(ascii: "\\") { start -= 1 }
        return start..<end
    }

    /// It, in lower case.
    static func of(_ path: String) -> String {
        let bytes = Array(path.utf8)
        let range = range(in: bytes.span)
        return String(decoding: bytes.span.extracting(range)).lowercased()
    }
}
