// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Turns binary XML into steps: which text and which value of a record goes to which field.
///
/// Names follow the XML's paths and are looked up the way those of dumped JSON are (`Event.System.EventID`), so both
/// give the same fields. A template is walked once, and compared once a chunk; records only walk the steps.
struct EVTXCompiler {
    /// Elements nested deeper are refused; events need five.
    static let maximumDepth = JSONFlattener.maximumDepth
    /// Bytes of definitions walked in one chunk: each is there once, but a damaged chunk may name any place as one.
    static let maximumWalk = 4 * EVTXChunk.size
    /// When there are more steps, all programs are forgotten with the next chunk.
    private static let maximumSteps = 1 << 16

    struct Frame {
        /// The element, by its path.
        var field: FieldID
        /// Which field its text goes to; `FieldTraits.none` until there is some.
        var text = FieldTraits.none
        /// Its last text or value, in the steps.
        var lastPiece = -1
        /// Whether that may be elements, which no text can be joined to.
        var lastStandsAlone = false
        /// A `Data` element of the event's data.
        var isData = false
        /// In `System`, where empty elements say nothing.
        var isSystem = false
        var hasAttributes = false
        var hasChildren = false
    }

    var names: EVTXNames
    var traits: FieldTraitsTable
    /// The text read last.
    var text = EVTXText()
    /// The steps of all programs.
    var steps: [EVTXStep] = []
    /// The texts the steps name.
    let texts = RawBlock<UInt8>(repeating: 0, count: 2 * maximumWalk)
    var textCount = 0
    var frames: [Frame] = []
    var known: Known
    /// The programs of templates, for other chunks.
    private var memory = EVTXTemplateMemory()
    /// The names the definition being compiled mentions.
    private var mentions: [EVTXTemplateMemory.Mention] = []
    /// Where that definition starts.
    private var start = 0
    private var walked = 0

    /// Names that mean something here, and their fields.
    struct Known {
        let name: EVTXNames.ID
        let attributes: EVTXNames.ID
        let text: EVTXNames.ID
        let event: FieldID
        let system: FieldID
        let eventData: FieldID
        let data: FieldID

        init(_ names: inout EVTXNames) {
            name = names.id("Name")
            attributes = names.id("#attributes")
            text = names.id("#text")
            event = names.field(names.id("Event"), in: FieldCache.root)
            system = names.field(names.id("System"), in: event)
            eventData = names.field(names.id("EventData"), in: event)
            data = names.field(names.id("Data"), in: eventData)
        }
    }

    init(_ vocabulary: Vocabulary) {
        names = EVTXNames(vocabulary)
        traits = FieldTraitsTable(vocabulary)
        known = Known(&names)
    }

    /// Forgets where the last chunk had its names, and all programs when there are too many.
    mutating func startChunk() {
        let isEmptied = names.startChunk()
        if isEmptied { known = Known(&names) }
        if isEmptied || memory.isFull || steps.count > Self.maximumSteps || textCount > Self.maximumWalk {
            memory.removeAll()
            steps.removeAll(keepingCapacity: true)
            textCount = 0
        }
        walked = 0
    }

    /// The program of a template's definition that stands in `element`; nil when it is damaged.
    mutating func template(_ chunk: RawSpan, _ range: Range<Int>, in element: FieldID) -> EVTXProgram? {
        if walked < Self.maximumWalk, let known = memory.find(chunk, range, in: element, &names, &walked) {
            return known
        }
        guard let program = compile(chunk, range, in: element, hasDependency: true) else { return nil }
        // A template without values is one record's own, as in forwarded events: it does not come again.
        if program.steps.contains(where: { steps[$0].kind == .value }) {
            memory.keep(program, chunk, range, in: element, mentions)
        }
        return program
    }

    /// Follows a reference to a name, and remembers that the definition has it there.
    mutating func mention(_ chunk: RawSpan, _ at: Int) -> (name: EVTXNames.ID, reference: EVTXNames.Reference)? {
        guard let reference = EVTXNames.reference(chunk, at) else { return nil }
        let name = names.id(chunk, reference)
        mentions.append(EVTXTemplateMemory.Mention(at: at - start, size: reference.end - at, name: name))
        return (name, reference)
    }

    /// Compiles the elements from `start` on that stand in `element`, up to their end token; nil when they are damaged.
    ///
    /// `hasDependency` says whether start tags carry two bytes more, as they do in templates.
    mutating func compile(
        _ chunk: RawSpan, _ range: Range<Int>, in element: FieldID, hasDependency: Bool
    ) -> EVTXProgram? {
        let first = steps.count
        let firstText = textCount
        var at = range.lowerBound
        start = at
        mentions.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        frames.append(Frame(field: element, isSystem: element == known.system))
        defer { walked += max(0, at - range.lowerBound) }
        while at < range.upperBound, walked + at - range.lowerBound < Self.maximumWalk {
            let token = chunk.unsigned8(at) & ~EVTXToken.more
            let next: Int?
            switch token {
            case EVTXToken.end where frames.count == 1:
                return EVTXProgram(steps: first..<steps.count, end: at + 1)
            case EVTXToken.fragment: next = at + 4
            case EVTXToken.openElement: next = open(chunk, at, hasDependency: hasDependency)
            case EVTXToken.endElement where frames.count > 1:
                close()
                next = at + 1
            case EVTXToken.instructionTarget: next = mention(chunk, at + 1)?.reference.end
            case EVTXToken.instructionData: next = at + 3 + 2 * Int(chunk.unsigned16(at + 1))
            default: next = piece(chunk, at, token)
            }
            guard let next, next <= range.upperBound else { break }
            at = next
        }
        // A definition may end with its last element.
        if at == range.upperBound, frames.count == 1 { return EVTXProgram(steps: first..<steps.count, end: at) }
        steps.removeSubrange(first...)
        textCount = firstText
        return nil
    }

    /// Reads a start tag with its attributes; gives where it ends, nil when it is damaged.
    private mutating func open(_ chunk: RawSpan, _ at: Int, hasDependency: Bool) -> Int? {
        let nameAt = at + (hasDependency ? 7 : 5)
        guard frames.count < Self.maximumDepth, let (name, reference) = mention(chunk, nameAt) else { return nil }
        let parent = frames[frames.count - 1]
        var frame = Frame(field: names.field(name, in: parent.field))
        frame.isSystem = parent.isSystem || frame.field == known.system
        frame.isData = frame.field == known.data
        enclose()
        var next = reference.end
        if chunk.unsigned8(at) & EVTXToken.more != 0 {
            next += 4
            guard let end = attributes(chunk, next, &frame, isRoot: parent.field == FieldCache.root) else { return nil }
            next = end
        }
        guard next < chunk.byteCount else { return nil }
        frames.append(frame)
        switch chunk.unsigned8(next) {
        case EVTXToken.closeStart: break
        case EVTXToken.closeEmpty: close()
        default: return nil
        }
        return next + 1
    }

    /// Notes that the innermost element has another in it.
    private mutating func enclose() {
        let last = frames.count - 1
        frames[last].hasChildren = true
        if frames[last].lastPiece >= 0 { steps[frames[last].lastPiece].whenEmpty = .nothing }
    }

    /// Ends the innermost element.
    private mutating func close() {
        let frame = frames.removeLast()
        guard frame.lastPiece < 0, !frame.hasChildren else { return }
        let whenEmpty = whenEmpty(frame)
        if whenEmpty != .nothing {
            steps.append(step(.literal, frame.field, element: FieldTraits.none, whenEmpty))
        }
    }

    /// What an element without text is.
    func whenEmpty(_ frame: Frame) -> EVTXStep.WhenEmpty {
        if frame.isData { return .text }
        let isSilent = frame.isSystem || frame.hasAttributes || frame.hasChildren || frame.field == known.event
        return isSilent ? .nothing : .null
    }

    /// A step that gives a field its text or value, under the name rules know it by.
    mutating func step(
        _ kind: EVTXStep.Kind, _ field: FieldID, element: FieldID, _ whenEmpty: EVTXStep.WhenEmpty
    ) -> EVTXStep {
        let traits = traits[field]
        let isRenamed = traits.alias != FieldTraits.none && traits.isReplaced
        return EVTXStep(
            kind: kind, whenEmpty: whenEmpty, known: traits.known, field: isRenamed ? traits.alias : field,
            element: element)
    }
}
