// SPDX-License-Identifier: Apache-2.0
import Bytes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells the format of an input from its first bytes, never from its name.
public enum FormatDetector {
    /// How many bytes are worth showing.
    public static let window = 64 << 10

    /// The most lines looked at.
    private static let lines = 64

    /// Names the format of text that starts with `head`.
    public static func detect(_ head: Span<UInt8>) -> Format {
        guard let first = firstVisible(head) else { return isBlank(head) ? .empty : .binary }
        // File header of EVTX (libevtx, "Windows XML Event Log format", section 2).
        if startsWith(head, "ElfFile\0") { return .evtx }
        switch head[first] {
        case UInt8(ascii: "{"), 0x1E: return json(head, from: first)
        case UInt8(ascii: "["):
            if isArray(head, from: first) { return .json }
        default: break
        }
        if isBareXML(head) { return isBinary(head) ? .binary : .sysmonXML }
        return vote(head)
    }

    /// Names the format of a text of which more will come.
    ///
    /// Audit records behind syslog headers may be joined by other lines; the reader of plain lines reads both.
    static func detectBeginning(_ head: Span<UInt8>) -> Format {
        let found = detect(head)
        guard found == .auditd, head.count < window, let first = firstVisible(head) else { return found }
        let rest = head.extracting(first..<head.count)
        return startsWith(rest, "type=") || startsWith(rest, "node=") ? found : .text
    }

    /// Whether the start of a text that grows tells the format as surely as more of it would: a whole line does, for a
    /// record of most formats is one.
    static func isDecisive(_ head: Span<UInt8>) -> Bool {
        guard head.count < window, let first = firstVisible(head) else { return head.count >= window }
        return firstIndex(of: UInt8(ascii: "\n"), in: head, from: first) != nil
    }

    /// Whether the text is XML from its first byte on, as opposed to lines with XML in them.
    static func isBareXML(_ head: Span<UInt8>) -> Bool {
        guard let first = firstVisible(head) else { return false }
        let rest = head.extracting(first..<head.count)
        return startsWith(rest, "<?xml") || startsWith(rest, "<Event") || startsWith(rest, "<!--")
    }

    private static func firstVisible(_ head: Span<UInt8>) -> Int? {
        var index = 0
        while index < head.count {
            if head[index] > 0x20 || head[index] == 0x1E { return index }
            index += 1
        }
        return nil
    }

    /// Only white space and NUL: log files that were cut by a crash hold runs of NUL.
    static func isBlank(_ head: Span<UInt8>) -> Bool {
        // A hole may be gigabytes of the same byte; then one look decides.
        if head.count > 1, isRun(head) { return isBlank(head.extracting(0..<1)) }
        for index in head.indices where !isBlank(head[index]) { return false }
        return true
    }

    /// White space or NUL.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0 || byte == 0x20 || byte &- 0x09 <= 4 }

    /// Whether all bytes are the same.
    private static func isRun(_ head: Span<UInt8>) -> Bool {
        unsafe head.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return true }
            // SAFETY: both stretches, of one byte less than there are, lie inside the buffer.
            return unsafe memcmp(base, base + 1, bytes.count - 1) == 0
        }
    }

    /// One document a line when the first document ends with its line; documents otherwise.
    private static func json(_ head: Span<UInt8>, from first: Int) -> Format {
        var scanner = JSONDocumentScanner()
        var index = first
        while index < head.count {
            switch scanner.next(head[index]) {
            case .end:
                index += 1
                while index < head.count, head[index] == 0x20 || head[index] == 0x0D || head[index] == 0x09 {
                    index += 1
                }
                return index >= head.count || head[index] == UInt8(ascii: "\n") ? .jsonLines : .json
            // A first line that is cut says nothing; lines are the far more common kind.
            case .damaged, .damagedThenBegin: return isBinary(head) ? .binary : .jsonLines
            default: break
            }
            if head[index] == UInt8(ascii: "\n"), scanner.isInside { return .json }
            index += 1
        }
        return .json
    }

    /// `[` begins an array of JSON, but also many a log line (`[2026-11-21 …]`, `[   12.345] audit: …`).
    private static func isArray(_ head: Span<UInt8>, from first: Int) -> Bool {
        var index = first + 1
        while index < head.count, head[index] <= 0x20 { index += 1 }
        guard index < head.count else { return index > first + 1 || head.count == first + 1 }
        return head[index] == UInt8(ascii: "{") || head[index] == UInt8(ascii: "]")
    }

    private static func vote(_ head: Span<UInt8>) -> Format {
        var audit = 0
        var event = 0
        var other = 0
        var start = 0
        while start < head.count, audit + event + other < lines {
            let end = firstIndex(of: UInt8(ascii: "\n"), in: head, from: start) ?? head.count
            let line = head.extracting(start..<end)
            if firstVisible(line) != nil {
                if AuditReader.isAuditLine(line) {
                    audit += 1
                } else if SysmonXMLReader.find(line) != nil {
                    event += 1
                } else {
                    other += 1
                }
            }
            start = end + 1
        }
        if audit > 0, audit >= other, event == 0 { return .auditd }
        if event > 0, event >= other, audit == 0 { return .sysmonXML }
        if audit + event == 0, isBinary(head) { return .binary }
        return .text
    }

    /// Control characters that no text has; NUL and the audit log's 0x1D aside.
    private static func isBinary(_ head: Span<UInt8>) -> Bool {
        var odd = 0
        for index in head.indices {
            let byte = head[index]
            if byte < 0x09 || (0x0E...0x1A).contains(byte) || byte == 0x7F { odd += 1 }
        }
        return odd * 20 > head.count
    }
}
