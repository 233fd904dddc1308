// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Takes the layers of encoding off Python code.
public struct PythonLayers: Sendable, Hashable {
    /// The texts found, outermost first; the code itself is not among them.
    public var texts: [[UInt8]] = []
    /// How many encodings lie above the deepest text: each decoding counts, and so does each text put together from
    /// pieces.
    public var depth = 0
    /// Whether everything was looked at; false when a limit was reached.
    public var isComplete = true

    /// Searches code.
    public static func reveal(_ code: Span<UInt8>, limits: EnrichmentLimits = EnrichmentLimits()) -> PythonLayers {
        var search = LayerSearch(limits: limits)
        return search.run(Array(code.extracting(0..<min(code.count, limits.codeBytes))))
    }
}

/// One search for layers, breadth first.
private struct LayerSearch {
    private struct Work {
        var bytes: [UInt8]
        var nesting: Int
        var depth: Int
    }

    private let limits: EnrichmentLimits
    private var evaluator: PythonEvaluator
    private var result = PythonLayers()
    private var queue: [Work] = []
    private var seen: Set<[UInt8]> = []
    private var total = 0

    init(limits: EnrichmentLimits) {
        self.limits = limits
        evaluator = PythonEvaluator(steps: limits.layerSteps, valueLimit: limits.codeBytes)
    }

    mutating func run(_ code: [UInt8]) -> PythonLayers {
        seen.insert(code)
        queue = [Work(bytes: code, nesting: 0, depth: 0)]
        var next = 0
        while next < queue.count {
            let work = queue[next]
            next += 1
            guard evaluator.steps > 0 else {
                result.isComplete = false
                break
            }
            search(work)
        }
        return result
    }

    private mutating func search(_ work: Work) {
        let source = PythonSource(work.bytes)
        guard evaluator.pay(source.tokens.count + work.bytes.count / 8) else {
            result.isComplete = false
            return
        }
        evaluator.run(source)
        if source.isCut || evaluator.steps == 0 { result.isComplete = false }
        let findings = evaluator.findings
        var short: [PythonValue] = []
        var covered: [Range<Int>] = []
        for finding in findings {
            guard let content = finding.content else { continue }
            if !finding.range.isEmpty { covered.append(finding.range) }
            if finding.codecs == 0, content.count < Self.ownLayer {
                if content.count >= 2, PlainText.isPlausible(content) { short.append(finding) }
            } else {
                take(content, codecs: finding.codecs, from: work)
            }
        }
        if !short.isEmpty { take(rewritten(work.bytes, short), codecs: 1, from: work) }
        for text in evaluator.nested { enqueue(text, nesting: work.nesting + 1, depth: work.depth) }
        guessLiterals(source, covered: covered, from: work)
    }

    /// Texts put together from pieces are layers of their own from this length on; shorter ones are shown in place.
    private static let ownLayer = 24

    /// Adds a decoded value if it is text, or holds some.
    private mutating func take(_ content: [UInt8], codecs: Int, from work: Work) {
        if PlainText.isPlausible(content) {
            add(content, nesting: work.nesting + 1, depth: work.depth + max(1, codecs))
        } else if let (text, deeper) = PlainText.unpack(content, codecs: codecs, limit: limits.codeBytes) {
            add(text, nesting: work.nesting + 1, depth: work.depth + deeper)
        }
    }

    private mutating func add(_ text: [UInt8], nesting: Int, depth: Int) {
        guard !seen.contains(text) else { return }
        guard result.texts.count + 1 < limits.layerCount, total + text.count <= limits.codeBytes,
            nesting <= limits.layerDepth
        else {
            result.isComplete = false
            return
        }
        total += text.count
        result.texts.append(text)
        result.depth = max(result.depth, depth)
        enqueue(text, nesting: nesting, depth: depth)
    }

    private mutating func enqueue(_ text: [UInt8], nesting: Int, depth: Int) {
        guard nesting <= limits.layerDepth, queue.count < 4 * limits.layerCount, seen.insert(text).inserted else {
            return
        }
        guard text.count >= 8 else { return }
        queue.append(Work(bytes: text, nesting: nesting, depth: depth))
    }

    /// Tries the literals no known expression used.
    private mutating func guessLiterals(_ source: PythonSource, covered: [Range<Int>], from work: Work) {
        let covered = covered.sorted { $0.lowerBound < $1.lowerBound }
        var next = 0
        var reached = 0
        for token in source.tokens where token.kind == .string && token.end - token.start >= 26 {
            while next < covered.count, covered[next].lowerBound <= Int(token.start) {
                reached = max(reached, covered[next].upperBound)
                next += 1
            }
            guard Int(token.end) > reached, evaluator.pay(Int(token.end - token.start) / 4 + 1) else { continue }
            let literal = PythonLiteral.decode(token, in: source)
            if let (text, codecs) = PlainText.guess(literal.bytes, limit: limits.codeBytes) {
                add(text, nesting: work.nesting + 1, depth: work.depth + codecs)
            }
        }
    }

    /// The code with short computed texts written out in place: `getattr(os, 'system')`.
    private func rewritten(_ code: [UInt8], _ values: [PythonValue]) -> [UInt8] {
        var output: [UInt8] = []
        var position = 0
        for value in values.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard value.range.lowerBound >= position, value.range.upperBound <= code.count, !value.range.isEmpty,
                let content = value.content
            else { continue }
            output.append(contentsOf: code[position..<value.range.lowerBound])
            let quote: UInt8 = content.contains(UInt8(ascii: "'")) ? UInt8(ascii: "\"") : UInt8(ascii: "'")
            output.append(quote)
            output.append(contentsOf: content)
            output.append(quote)
            position = value.range.upperBound
        }
        output.append(contentsOf: code[position...])
        return output
    }
}
