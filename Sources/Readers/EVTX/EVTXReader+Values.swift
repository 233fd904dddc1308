// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Fragments of binary XML: template instances, their values, and the steps that turn those into slots.
extension EVTXReader {
    /// Reads a fragment that stands in `element`; false when it is damaged.
    ///
    /// `values` is where its own values may begin in `self.values`.
    mutating func fragment(
        _ raw: RawSpan, _ range: Range<Int>, in element: FieldID, values: Int, nesting: Int, hasDependency: Bool
    ) -> Bool {
        guard nesting < Self.maximumNesting else { return false }
        var at = range.lowerBound
        while at < range.upperBound {
            switch raw.unsigned8(at) & ~EVTXToken.more {
            case EVTXToken.end: return true
            case EVTXToken.fragment: at += 4
            case EVTXToken.template:
                guard let end = instance(raw, at..<range.upperBound, in: element, values, nesting) else { return false }
                at = end
            case EVTXToken.openElement:
                // Elements without a template: they are their own, without values.
                guard let program = elements(raw, at..<range.upperBound, in: element, hasDependency) else {
                    return false
                }
                guard run(program, raw, values..<values, nesting) else { return false }
                return true
            default: return false
            }
        }
        return true
    }

    /// The program of elements without a template, whose form their place suggests but does not settle.
    private mutating func elements(
        _ raw: RawSpan, _ range: Range<Int>, in element: FieldID, _ hasDependency: Bool
    ) -> EVTXProgram? {
        if let met = programs.find(range.lowerBound, in: element) { return met.program }
        let made =
            compiler.compile(raw, range, in: element, hasDependency: hasDependency)
            ?? compiler.compile(raw, range, in: element, hasDependency: !hasDependency)
        return programs.insert(made, range.lowerBound, in: element) ? made : nil
    }

    /// The program of the template whose definition, 24 bytes behind `place`, has `size` bytes.
    private mutating func template(_ raw: RawSpan, _ place: Int, _ size: Int, in element: FieldID) -> EVTXProgram? {
        if let met = programs.find(place, in: element) { return met.program }
        let made = compiler.template(raw, place + 24..<place + 24 + size, in: element)
        return programs.insert(made, place, in: element) ? made : nil
    }

    /// Reads a template instance (libevtx, section 5.6); gives where it ends, nil when it is damaged.
    ///
    /// The definition follows where it is used first: the next of the same hash, a GUID, its size, the elements. Then
    /// come the number of values, a size and type for each, and the values.
    private mutating func instance(
        _ raw: RawSpan, _ range: Range<Int>, in element: FieldID, _ firstValue: Int, _ nesting: Int
    ) -> Int? {
        var at = range.lowerBound + 10
        let place = Int(raw.unsigned32(at - 4))
        let definition = place + 24
        guard at <= range.upperBound, place >= EVTXChunk.headerSize, definition <= raw.byteCount else { return nil }
        let size = Int(raw.unsigned32(place + 20))
        guard size <= raw.byteCount - definition,
            let program = template(raw, place, size, in: element)
        else { return nil }
        if place == at { at = definition + size }
        guard at <= range.upperBound - 4 else { return nil }
        let count = Int(raw.unsigned32(at))
        at += 4
        guard count <= (range.upperBound - at) / 4, firstValue + count <= Self.maximumValues else { return nil }
        stepsLeft -= count
        var offset = at + 4 * count
        for index in 0..<count {
            let size = raw.unsigned16(at)
            // SAFETY: the block has `maximumValues` places.
            unsafe values.pointer[firstValue &+ index] = EVTXValue(
                offset: UInt32(truncatingIfNeeded: offset), size: size, type: raw.unsigned8(at &+ 2))
            offset &+= Int(size)
            at &+= 4
        }
        guard offset <= range.upperBound,
            run(program, raw, firstValue..<firstValue + count, nesting)
        else { return nil }
        return offset
    }

    /// Takes a program's steps with a record's values; false when something nested in them is damaged.
    private mutating func run(_ program: EVTXProgram, _ raw: RawSpan, _ own: Range<Int>, _ nesting: Int) -> Bool {
        stepsLeft -= program.steps.count
        guard stepsLeft > 0 else { return false }
        var isWhole = true
        var start = output.count
        var kind: ValueKind?
        var isJoined = false
        for index in program.steps {
            guard output.slotCount < EVTXOutput.maximumSlots else {
                output.omitted &+= 1
                return isWhole
            }
            let step = compiler.steps[index]
            var added: ValueKind? = .string
            if step.kind == .literal {
                // SAFETY: the compiler put the step's text there.
                let text = unsafe compiler.texts.pointer + Int(step.start)
                if unsafe !output.append(text, count: Int(step.length)) { added = nil }
            } else if Int(step.index) < own.count {
                // SAFETY: the record has that many values.
                let value = unsafe values.pointer[own.lowerBound &+ Int(step.index)]
                let range = Int(value.offset)..<Int(value.offset) &+ Int(value.size)
                if value.type == EVTXValueType.string {
                    if !output.writeUTF16(raw.extracting(range)) { added = nil }
                } else if value.type == EVTXValueType.binaryXML, step.element != FieldTraits.none {
                    if isJoined { finish(step, from: start, kind) }
                    let before = output.slotCount
                    if !range.isEmpty,
                        !fragment(
                            raw, range, in: step.element, values: own.upperBound, nesting: nesting + 1,
                            hasDependency: false)
                    {
                        isWhole = false
                    }
                    start = output.count
                    isJoined = step.continues
                    kind = .string
                    if output.slotCount == before, !step.continues { finish(step, from: start, .string) }
                    continue
                } else if value.type & EVTXValueType.array != 0, !isJoined, !step.continues {
                    writeArray(raw.extracting(range), step, value.type & ~EVTXValueType.array)
                    start = output.count
                    continue
                } else if value.type != EVTXValueType.null {
                    added = output.write(value.type, raw.extracting(range))
                    if step.known == Self.timeCreated, value.type == EVTXValueType.fileTime {
                        created = EVTXOutput.nanoseconds(EVTXOutput.number(raw.extracting(range), 8))
                    }
                }
            }
            if added == nil { output.omitted &+= 1 }
            kind = isJoined ? .string : added
            isJoined = step.continues
            if !isJoined {
                finish(step, from: start, kind)
                start = output.count
            }
        }
        return isWhole
    }

    private static let timeCreated = KnownField.shared(.timeCreated).rawValue + 1

    /// Makes the slot of a step from the text written since `start`.
    @inline(__always)
    mutating func finish(_ step: EVTXStep, from start: Int, _ kind: ValueKind?) {
        var kind = kind ?? .string
        if output.count == start {
            switch step.whenEmpty {
            case .nothing: return
            case .text: kind = .string
            case .null: kind = .null
            }
        }
        guard output.makeSlot(step.field, from: start, kind: kind) else {
            output.omitted &+= 1
            output.truncate(to: start)
            return
        }
        if step.known != 0 {
            known.noteFirst(KnownField(rawValue: step.known &- 1), at: firstSlot &+ output.slotCount &- 1)
        }
    }
}
