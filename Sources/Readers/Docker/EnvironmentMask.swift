// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Takes the values of environment variables out of a description's text, so that the evidence an alert carries holds
/// no secrets.
enum EnvironmentMask {
    /// Appends a copy of a JSON text in which each string of each array `"Env": […]` ends behind its `=`, and tells
    /// where it is and how many strings that concerned.
    static func append(_ range: Range<Int>, of bytes: inout [UInt8]) -> (range: Range<Int>, masked: Int) {
        let source = Array(bytes.span.extracting(range))
        let start = bytes.count
        var masked = 0
        var index = 0
        while index < source.count {
            guard source[index] == UInt8(ascii: "\"") else {
                bytes.append(source[index])
                index += 1
                continue
            }
            let end = stringEnd(source, from: index)
            bytes.append(contentsOf: source[index..<end])
            let isEnvironment = equalBytes(source.span.extracting(index..<end), "\"Env\"")
            index = end
            if isEnvironment { copyArray(source, &index, &bytes, &masked) }
        }
        return (start..<bytes.count, masked)
    }

    /// The index just past the string that starts at `start`.
    private static func stringEnd(_ source: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "\""): return index + 1
            default: index += 1
            }
        }
        return source.count
    }

    /// Copies `: [ "A=…", "B=…" ]` without what follows each `=`.
    private static func copyArray(_ source: [UInt8], _ index: inout Int, _ bytes: inout [UInt8], _ masked: inout Int) {
        var isOpen = false
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "["):
                if isOpen { return }
                isOpen = true
            case UInt8(ascii: "]"): return
            case UInt8(ascii: "\""):
                guard isOpen else { return }
                let end = stringEnd(source, from: index)
                let span = source.span.extracting(index..<end)
                let kept =
                    index + (firstIndex(of: UInt8(ascii: "="), in: span).map { $0 + 1 } ?? max(0, span.count - 1))
                bytes.append(contentsOf: source[index..<kept])
                bytes.append(UInt8(ascii: "\""))
                masked += 1
                index = end
                continue
            case UInt8(ascii: ":"), UInt8(ascii: ","), 0...UInt8(ascii: " "): break
            default:
                return
            }
            bytes.append(source[index])
            index += 1
        }
    }
}
