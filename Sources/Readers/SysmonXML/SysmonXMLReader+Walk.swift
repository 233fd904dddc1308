// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension SysmonXMLReader {
    /// The parts of an event.
    private enum Section {
        case none
        case system
        case data
        case user
        case rendering
    }

    /// The text of an element: a range of the input as long as that is all, a copy otherwise.
    private struct Text {
        var range = 0..<0
        var isDecoded = false
    }

    /// How an event's elements ended.
    enum Ending {
        case complete
        /// In the middle, as far as it goes well formed.
        case cut
        case malformed
    }

    /// Reads one event's elements into slots.
    mutating func walk(_ input: Span<UInt8>, _ event: Range<Int>, _ slots: inout [Slot]) -> Ending {
        var scanner = EventXMLScanner(event)
        var section = Section.none
        var text = Text()
        /// The name of the open `Data` element's value.
        var named: FieldID?
        var isLeaf = false
        open.removeAll(keepingCapacity: true)
        while true {
            switch scanner.next(input) {
            case .malformed, .none:
                guard Self.isCut(input, scanner.index..<event.upperBound) else { return .malformed }
                // What there is of the last value still tells something.
                if isLeaf, open.count > 2, !text.range.isEmpty, let name = open.popLast() {
                    emit(input, name, named, section, text, &slots, isEmptyTag: false)
                }
                return .cut
            case .text(let range): add(input, range, &text, hasEntities: EventXMLScanner.hasEntities(input, range))
            case .verbatim(let range): add(input, range, &text, hasEntities: false)
            case .start(let name):
                guard open.count < Self.deepest else { return .malformed }
                if open.count == 1 { section = Self.section(input.extracting(name)) }
                text = Text()
                isLeaf = true
                let depth = open.count
                let (isEmpty, value) = attributes(input, &scanner, name, section, depth, &slots)
                guard let isEmpty else {
                    return Self.isCut(input, scanner.index..<event.upperBound) ? .cut : .malformed
                }
                named = value
                if isEmpty {
                    if depth >= 2 { emit(input, name, named, section, text, &slots, isEmptyTag: true) }
                    isLeaf = false
                    if depth == 0 { return .complete }
                } else {
                    open.append(name)
                }
            case .end(let name):
                guard let top = open.popLast(), equalBytes(input.extracting(top), input.extracting(name)) else {
                    return .malformed
                }
                if isLeaf, open.count >= 2 {
                    emit(input, name, named, section, text, &slots, isEmptyTag: false)
                }
                isLeaf = false
                text = Text()
                if open.isEmpty { return .complete }
            }
        }
    }

    /// Whether no tag ends in the rest: then the event was cut, not damaged.
    private static func isCut(_ input: Span<UInt8>, _ rest: Range<Int>) -> Bool {
        firstIndex(of: UInt8(ascii: ">"), in: input.extracting(rest)) == nil
    }

    private static func section(_ name: Span<UInt8>) -> Section {
        if equalBytes(name, "System") { return .system }
        if equalBytes(name, "EventData") { return .data }
        if equalBytes(name, "UserData") { return .user }
        if equalBytes(name, "RenderingInfo") { return .rendering }
        return .none
    }

    private mutating func add(_ input: Span<UInt8>, _ range: Range<Int>, _ text: inout Text, hasEntities: Bool) {
        if range.isEmpty { return }
        if text.range.isEmpty, !hasEntities {
            text = Text(range: range, isDecoded: false)
            return
        }
        if !text.isDecoded {
            text = Text(range: decoded.store(input.extracting(text.range)), isDecoded: true)
        }
        if hasEntities {
            EventXMLScanner.append(input, range, to: &decoded.bytes)
        } else {
            decoded.bytes.append(contentsOf: input.extracting(range))
        }
        text.range = text.range.lowerBound..<decoded.end
    }

    /// Reads a start tag's attributes; nil for `isEmpty` when they are malformed.
    private mutating func attributes(
        _ input: Span<UInt8>, _ scanner: inout EventXMLScanner, _ element: Range<Int>, _ section: Section, _ depth: Int,
        _ slots: inout [Slot]
    ) -> (isEmpty: Bool?, named: FieldID?) {
        var named: FieldID?
        while true {
            switch scanner.nextAttribute(input) {
            case .malformed: return (nil, nil)
            case .end(let isEmpty): return (isEmpty, named)
            case .pair(let name, let value):
                if section == .data, equalBytes(input.extracting(name), "Name") {
                    named = field(input, value)
                } else if section == .system, depth == 2 {
                    key.removeAll(keepingCapacity: true)
                    key.append(contentsOf: input.extracting(element))
                    key.append(UInt8(ascii: "_"))
                    key.append(contentsOf: input.extracting(name))
                    var text = Text()
                    add(input, value, &text, hasEntities: EventXMLScanner.hasEntities(input, value))
                    let whole = key
                    let field = fields.field(whole.span)
                    slots.append(
                        Slot(
                            field: field, offset: UInt32(text.range.lowerBound), length: UInt32(text.range.count),
                            kind: .string))
                }
            }
        }
    }

    private mutating func field(_ input: Span<UInt8>, _ name: Range<Int>) -> FieldID {
        guard EventXMLScanner.hasEntities(input, name) else { return fields.field(input.extracting(name)) }
        key.removeAll(keepingCapacity: true)
        EventXMLScanner.append(input, name, to: &key)
        let whole = key
        return fields.field(whole.span)
    }

    /// Adds the field of an element that holds no other.
    private mutating func emit(
        _ input: Span<UInt8>, _ name: Range<Int>, _ named: FieldID?, _ section: Section, _ text: Text,
        _ slots: inout [Slot], isEmptyTag: Bool
    ) {
        let field: FieldID
        switch section {
        case .system:
            // `<Correlation/>` and `<Provider …/>` say nothing but their attributes.
            if isEmptyTag { return }
            field = fields.field(input.extracting(name))
        case .data:
            let isData = equalBytes(input.extracting(name), "Data")
            field = named ?? (isData ? unnamed : fields.field(input.extracting(name)))
        case .user where open.count > 3: field = nested(input, name)
        case .user, .none: field = fields.field(input.extracting(name))
        case .rendering:
            guard equalBytes(input.extracting(name), "Message") else { return }
            field = .message
        }
        var kind = ValueKind.string
        if section == .system, !text.isDecoded {
            let value = input.extracting(text.range)
            switch field {
            case .eventID, .level, .task, .opcode:
                if decimal(value) != nil, value.count > 0, value[0] != UInt8(ascii: "+") {
                    kind = .integer
                }
            default: break
            }
        }
        slots.append(
            Slot(field: field, offset: UInt32(text.range.lowerBound), length: UInt32(text.range.count), kind: kind))
    }

    /// The dotted name of an element deeper in `UserData`, whose first element only names the provider's template.
    private mutating func nested(_ input: Span<UInt8>, _ name: Range<Int>) -> FieldID {
        key.removeAll(keepingCapacity: true)
        for parent in open[3...] {
            key.append(contentsOf: input.extracting(parent))
            key.append(UInt8(ascii: "."))
        }
        key.append(contentsOf: input.extracting(name))
        let whole = key
        return fields.field(whole.span)
    }
}
