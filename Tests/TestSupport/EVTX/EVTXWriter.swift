// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Writes Windows event logs, as small as they get: one template a distinct tree, defined where it is used first.
public struct EVTXWriter {
    /// The chunks written so far, each 64 KiB.
    public private(set) var chunks: [[UInt8]] = []
    private var chunk = EVTXChunkWriter()
    private var nextID: UInt64 = 1

    /// Makes a writer at the start of a log.
    public init() {}

    /// Adds a record: a template with values, or for nil values elements without a template.
    public mutating func add(_ root: EVTXNode, _ values: [EVTXValue]? = [], id: UInt64? = nil) {
        chunk.add(root, values, id: id ?? nextID, written: 132_500_000_000_000_000)
        nextID = (id ?? nextID) + 1
    }

    /// Ends the chunk; the next record begins another.
    public mutating func endChunk() {
        chunks.append(chunk.finished())
        chunk = EVTXChunkWriter()
    }

    /// The whole log.
    public mutating func finished() -> [UInt8] {
        if !chunk.isEmpty { endChunk() }
        var header = [UInt8](repeating: 0, count: 4096)
        header.put(Array("ElfFile\0".utf8), at: 0)
        header.put(EVTXValue.bytes(UInt64(max(0, chunks.count - 1))), at: 16)
        header.put(EVTXValue.bytes(nextID), at: 24)
        header.put(EVTXValue.bytes(UInt32(128)), at: 32)
        header.put(EVTXValue.bytes(UInt16(1)) + EVTXValue.bytes(UInt16(3)) + EVTXValue.bytes(UInt16(4096)), at: 36)
        header.put(EVTXValue.bytes(UInt16(chunks.count)), at: 42)
        header.put(EVTXValue.bytes(checksum(header[..<120])), at: 124)
        return header + chunks.joined()
    }

    /// An event as Windows writes it: the system part from one template, the data from another.
    public mutating func addEvent(
        channel: String, provider: String, id: UInt16, data: [(String, String)], time: UInt64 = 132_969_056_465_000_000
    ) {
        let system = EVTXNode.element(
            "System", [],
            [
                .element(
                    "Provider", [EVTXAttribute("Name", .text(provider)), EVTXAttribute("Guid", .text("{a}"))], nil),
                .element("EventID", [EVTXAttribute("Qualifiers", .value(0, 6))], [.value(1, 6)]),
                .element("Version", [], [.value(2, 4)]), .element("Level", [], [.value(3, 4)]),
                .element("Task", [], [.value(4, 6)]), .element("Opcode", [], [.value(5, 4)]),
                .element("Keywords", [], [.value(6, 21)]),
                .element("TimeCreated", [EVTXAttribute("SystemTime", .value(7, 17))], nil),
                .element("EventRecordID", [], [.value(8, 10)]),
                .element("Correlation", [EVTXAttribute("ActivityID", .value(9, 15, isOptional: true))], nil),
                .element(
                    "Execution",
                    [EVTXAttribute("ProcessID", .value(10, 8)), EVTXAttribute("ThreadID", .value(11, 8))], nil),
                .element("Channel", [], [.text(channel)]), .element("Computer", [], [.value(12)]),
                .element("Security", [EVTXAttribute("UserID", .value(13, 19, isOptional: true))], nil),
            ])
        let root = EVTXNode.element("Event", [EVTXAttribute("xmlns", .text("x"))], [system, .value(14, 0x21)])
        let eventData = EVTXNode.element(
            "EventData", [], data.indices.map { .data(data[$0].0, .value($0)) })
        add(
            root,
            [
                .number(6, UInt16(0)), .number(6, id), .number(4, UInt8(2)), .number(4, UInt8(4)),
                .number(6, UInt16(1)), .number(4, UInt8(0)), .number(21, UInt64(1) << 63), .number(17, time),
                .number(10, UInt64(9)), .null, .number(8, UInt32(4)), .number(8, UInt32(5)), .text("host1"),
                .bytes(19, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]),
                .template(eventData, data.map { .text($0.1) }),
            ])
    }
}

/// The CRC-32 of some bytes.
func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
    let all = Array(bytes)
    return UInt32(truncatingIfNeeded: crc32(0, all, UInt32(all.count)))
}

extension [UInt8] {
    mutating func put(_ bytes: [UInt8], at offset: Int) {
        replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }
}
