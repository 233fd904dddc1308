// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// What is written is read again, and nothing else is taken for it.
@Suite struct StateTests {
    @Test(arguments: [0, 1, 127, 128, 300, UInt64.max])
    func `numbers come back`(number: UInt64) throws {
        var writer = StateWriter(vocabulary: Vocabulary())
        writer.write(number)
        writer.write(Int64(bitPattern: number))
        writer.write(fixed: number)
        var reader = StateReader(writer.bytes, vocabulary: Vocabulary())
        let (plain, signed, fixed) = (try reader.readUInt64(), try reader.readInt64(), try reader.readFixed())
        let isAtEnd = reader.isAtEnd
        #expect(plain == number && signed == Int64(bitPattern: number) && fixed == number && isAtEnd)
    }

    @Test func `an event comes back under the numbers of another vocabulary`() throws {
        let first = Vocabulary()
        var batch = EventBatch()
        batch.path = "a.log"
        batch.append(first.field("own field"), text: "value")
        batch.append(.commandLine, text: "id")
        batch.append(first.field("own field"), integer: -7)
        let source = first.source(LogSource(product: "linux", category: "process_creation"))
        batch.commit(
            time: Timestamp(nanoseconds: 12), source: source, slotsFrom: 0, record: 0..<5, position: 3, isDerived: true)
        var writer = StateWriter(vocabulary: first)
        writer.write(batch)
        writer.write(batch)

        let second = Vocabulary()
        _ = second.field("another")
        _ = second.source(LogSource(product: "other"))
        var reader = StateReader(writer.bytes, vocabulary: second)
        for _ in 0..<2 {
            let back = try reader.readEvent()
            #expect(back.path == "a.log")
            #expect(back.slots.map { second.name(of: $0.field) } == ["own field", "CommandLine", "own field"])
            #expect(back.slots.map { back.text($0) } == ["value", "id", "-7"])
            #expect(back.slots.map(\.kind) == [.string, .string, .integer])
            #expect(second.source(of: back.events[0].source).category == "process_creation")
            #expect(back.events[0].time.nanoseconds == 12 && back.events[0].position == 3)
            #expect(back.events[0].isDerived && back.events[0].record == 0..<5)
        }
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
    }

    @Test func `a part can be read or passed over, and has its own names`() throws {
        let first = Vocabulary()
        let field = first.field("own field")
        var writer = StateWriter(vocabulary: first)
        writer.writePart { $0.write(field) }
        writer.write(field)
        writer.write(FieldID.overflow)
        writer.write(shared: "text")
        writer.write(shared: "text")

        for isRead in [true, false] {
            let second = SavedNames.other
            var reader = StateReader(writer.bytes, vocabulary: second)
            if isRead {
                try reader.readPart { reader throws(StateError) in
                    let field = try reader.readField()
                    #expect(second.name(of: field) == "own field")
                }
            } else {
                try reader.skipPart()
            }
            let names = [try reader.readField(), try reader.readField()]
            #expect(names == [second.field("own field"), .overflow])
            let texts = [try reader.readShared(), try reader.readShared()]
            #expect(texts == ["text", "text"])
            let isAtEnd = reader.isAtEnd
            #expect(isAtEnd)
        }
    }

    @Test func `a part that is not read to its end is damaged, as is a count near the largest number`() {
        var writer = StateWriter(vocabulary: Vocabulary())
        writer.writePart { $0.write(UInt64.max) }
        var reader = StateReader(writer.bytes, vocabulary: Vocabulary())
        #expect(throws: StateError.torn) { try reader.readPart { _ throws(StateError) in } }
        reader = StateReader(writer.bytes, vocabulary: Vocabulary())
        #expect(throws: StateError.torn) {
            try reader.readPart { reader throws(StateError) in _ = try reader.readCounter() }
        }
    }

    @Test func `bytes that were cut or changed are refused and never crash`() throws {
        let vocabulary = Vocabulary()
        var batch = EventBatch()
        batch.append(.commandLine, text: "id")
        batch.commit(
            time: .unknown, source: vocabulary.source(LogSource(product: "linux")), slotsFrom: 0, record: 0..<2,
            position: 1)
        var writer = StateWriter(vocabulary: vocabulary)
        writer.write(batch)
        for count in 0..<writer.bytes.count {
            var reader = StateReader(Array(writer.bytes[..<count]), vocabulary: Vocabulary())
            var wasRead = true
            do { _ = try reader.readEvent() } catch { wasRead = error != .torn }
            #expect(!wasRead)
        }
        for index in writer.bytes.indices {
            for bit in 0..<8 {
                var bytes = writer.bytes
                bytes[index] ^= 1 << UInt8(bit)
                var reader = StateReader(bytes, vocabulary: Vocabulary())
                guard let back = try? reader.readEvent() else { continue }
                for slot in back.slots { #expect(slot.range.upperBound <= back.bytes.count) }
            }
        }
    }
}

/// A vocabulary of another run.
private enum SavedNames {
    static var other: Vocabulary {
        let vocabulary = Vocabulary()
        _ = vocabulary.field("another")
        return vocabulary
    }
}
