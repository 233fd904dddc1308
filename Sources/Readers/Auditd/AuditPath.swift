// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Paths as text; nothing is looked up.
enum AuditPath {
    /// Whether a path begins at the root.
    static func isAbsolute(_ path: Span<UInt8>) -> Bool { path.count > 0 && path[0] == UInt8(ascii: "/") }

    /// Whether a path is absolute and holds no empty, `.` or `..` component.
    static func isClean(_ path: Span<UInt8>) -> Bool {
        guard isAbsolute(path) else { return false }
        if path.count == 1 { return true }
        var start = 1
        while start <= path.count {
            var end = start
            while end < path.count, path[end] != UInt8(ascii: "/") { end &+= 1 }
            if end == start { return false }
            if path[start] == UInt8(ascii: "."),
                end - start == 1 || end - start == 2 && path[start + 1] == UInt8(ascii: ".")
            {
                return false
            }
            start = end + 1
        }
        return true
    }

    /// Whether two paths are the same but for slashes at their end.
    static func isSame(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        WideBytes.equal(a.extracting(0..<trimmedCount(a)), b.extracting(0..<trimmedCount(b)))
    }

    private static func trimmedCount(_ path: Span<UInt8>) -> Int {
        var end = path.count
        while end > 1, path[end - 1] == UInt8(ascii: "/") { end -= 1 }
        return end
    }

    /// What stands behind the last slash, slashes at the very end aside.
    static func lastComponent(_ path: Span<UInt8>) -> Range<Int> {
        var end = path.count
        while end > 0, path[end - 1] == UInt8(ascii: "/") { end -= 1 }
        var start = end
        while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
        return start..<end
    }

    /// An absolute path without empty, `.` and `..` components; `..` at the root stays there.
    static func normalised(_ path: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for component in path.split(separator: UInt8(ascii: "/")) {
            if component.elementsEqual(".".utf8) { continue }
            if component.elementsEqual("..".utf8) {
                let slash = result.lastIndex(of: UInt8(ascii: "/")) ?? 0
                result.removeSubrange(slash...)
                continue
            }
            result.append(UInt8(ascii: "/"))
            result.append(contentsOf: component)
        }
        return result.isEmpty ? [UInt8(ascii: "/")] : result
    }
}
