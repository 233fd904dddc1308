// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Texts and values, in elements and attributes.
extension EVTXCompiler {
    /// Reads the attributes of a start tag; gives where they end, nil when they are damaged.
    ///
    /// `Data Name="x"` is the field `x`, any other attribute of `Data` is left out, and so are the root's, which name the
    /// schema.
    mutating func attributes(_ chunk: RawSpan, _ start: Int, _ frame: inout Frame, isRoot: Bool) -> Int? {
        var at = start
        while chunk.unsigned8(at) & ~EVTXToken.more == EVTXToken.attribute {
            guard let (name, reference) = mention(chunk, at + 1) else { return nil }
            at = reference.end
            if frame.isData, name == known.name, let end = dataName(chunk, at, &frame) {
                at = end
                continue
            }
            let isKept = !frame.isData && !isRoot
            frame.text =
                isKept ? names.field(name, in: names.field(known.attributes, in: frame.field)) : frame.field
            let firstStep = steps.count
            while let end = value(chunk, at, &frame, whenEmpty: .nothing, element: FieldTraits.none) { at = end }
            if isKept {
                frame.hasAttributes = true
            } else {
                steps.removeSubrange(firstStep...)
            }
            frame.lastPiece = -1
            frame.text = FieldTraits.none
        }
        return at
    }

    /// Reads the text that names a `Data` element's field; nil when it is no plain text, which names none.
    private mutating func dataName(_ chunk: RawSpan, _ at: Int, _ frame: inout Frame) -> Int? {
        guard chunk.unsigned8(at) & ~EVTXToken.more == EVTXToken.value,
            chunk.unsigned8(at + 1) == EVTXValueType.string
        else { return nil }
        let end = at + 4 + 2 * Int(chunk.unsigned16(at + 2))
        guard end < chunk.byteCount else { return nil }
        let next = chunk.unsigned8(end) & ~EVTXToken.more
        guard next == EVTXToken.attribute || next == EVTXToken.closeStart || next == EVTXToken.closeEmpty else {
            return nil
        }
        frame.field = names.field(names.id(chunk.extracting(at + 4..<end)), in: known.eventData)
        return end
    }

    /// Reads a text or value of the innermost element; gives where it ends, nil when it is none.
    mutating func piece(_ chunk: RawSpan, _ at: Int, _ token: UInt8) -> Int? {
        let last = frames.count - 1
        var frame = frames[last]
        // Text outside of any element is no event.
        guard frame.field != FieldCache.root else { return nil }
        if frame.text == FieldTraits.none {
            let isDecorated = !frame.isData && (frame.hasAttributes || frame.hasChildren)
            frame.text = isDecorated ? names.field(known.text, in: frame.field) : frame.field
        }
        let end = value(chunk, at, &frame, whenEmpty: whenEmpty(frame), element: frame.field)
        frames[last] = frame
        return end
    }

    /// Reads one text or value; gives where it ends, nil when it is none.
    private mutating func value(
        _ chunk: RawSpan, _ at: Int, _ frame: inout Frame, whenEmpty: EVTXStep.WhenEmpty, element: FieldID
    ) -> Int? {
        let start = textCount
        let end: Int
        switch chunk.unsigned8(at) & ~EVTXToken.more {
        case EVTXToken.substitution, EVTXToken.optionalSubstitution:
            var step = step(.value, frame.text, element: element, whenEmpty)
            step.index = chunk.unsigned16(at + 1)
            let isXML = chunk.unsigned8(at + 3) == EVTXValueType.binaryXML
            add(step, &frame, standsAlone: isXML)
            return at + 4 <= chunk.byteCount ? at + 4 : nil
        case EVTXToken.value where chunk.unsigned8(at + 1) == EVTXValueType.string:
            end = at + 4 + 2 * Int(chunk.unsigned16(at + 2))
            guard end <= chunk.byteCount else { return nil }
            text.load(chunk.extracting(at + 4..<end))
        case EVTXToken.verbatim:
            end = at + 3 + 2 * Int(chunk.unsigned16(at + 1))
            guard end <= chunk.byteCount else { return nil }
            text.load(chunk.extracting(at + 3..<end))
        case EVTXToken.character:
            end = at + 3
            guard end <= chunk.byteCount else { return nil }
            text.load(chunk.extracting(at + 1..<end))
        case EVTXToken.entity:
            guard let reference = mention(chunk, at + 1)?.reference else { return nil }
            end = reference.end
            text.load(chunk.extracting(EVTXText.name(chunk, reference.place)))
            text.resolveEntity()
        default: return nil
        }
        keepText()
        var step = step(.literal, frame.text, element: element, whenEmpty)
        step.start = UInt32(truncatingIfNeeded: start)
        step.length = UInt32(truncatingIfNeeded: textCount - start)
        add(step, &frame, standsAlone: false)
        return end
    }

    /// Keeps the text taken in last for a step.
    private mutating func keepText() {
        let target = texts
        let start = textCount
        textCount += text.withBytes { text in
            let count = min(text.count, target.count - start)
            unsafe text.withUnsafeBufferPointer { source in
                // SAFETY: both have that many bytes.
                if let first = source.baseAddress { unsafe (target.pointer + start).update(from: first, count: count) }
            }
            return count
        }
    }

    /// Adds a step, as the continuation of the one before where that is of the same element.
    private mutating func add(_ step: EVTXStep, _ frame: inout Frame, standsAlone: Bool) {
        if frame.lastPiece >= 0, frame.lastPiece == steps.count - 1, !standsAlone, !frame.lastStandsAlone {
            steps[frame.lastPiece].continues = true
        }
        frame.lastPiece = steps.count
        frame.lastStandsAlone = standsAlone
        steps.append(step)
    }
}
