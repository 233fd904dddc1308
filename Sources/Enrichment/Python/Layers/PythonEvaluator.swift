// SPDX-License-Identifier: Apache-2.0

/// Computes the constant parts of Python source without running it.
///
/// It knows literals, the operators and methods of strings, `chr`, `join`, slices, comprehensions over constants,
/// lambdas, plain assignments, and the decoders of the standard library. Everything else is unknown, and a known value
/// that ends in something unknown, such as the argument of `exec`, is what it reports. Every step is paid from a
/// budget, nesting is bounded, and results are bounded in size, so hostile source costs a fixed amount at most.
struct PythonEvaluator {
    /// Steps left: about one a token or a byte.
    var steps: Int
    /// The most bytes of one value.
    let valueLimit: Int
    /// The source being read.
    var source: PythonSource
    /// The source `run` was given; `source` differs from it inside a function of an earlier one.
    private var home: PythonSource
    /// The token read next.
    var position = 0
    /// How deep expressions nest here.
    var depth = 0
    /// How deep functions of the source call each other here.
    var calls = 0
    /// Values nobody further computes with, in the order they are given up.
    var findings: [PythonValue] = []
    /// Plain texts given to `exec` and its like.
    var nested: [[UInt8]] = []
    var variables: [String: PythonValue] = [:]
    /// Names that imports bind, and what they stand for.
    var aliases: [String: String] = [:]
    /// Variables assigned in this source, in order of first assignment.
    var assigned: [String] = []

    /// Deepest nesting of expressions followed; brackets deeper than that are stepped over.
    static let deepest = 60
    private static let mostVariables = 4096
    private static let mostFindings = 4096

    /// Starts with nothing known.
    init(steps: Int, valueLimit: Int) {
        self.steps = steps
        self.valueLimit = valueLimit
        source = PythonSource([])
        home = source
    }

    /// Reads one source; variables of sources read before stay known, as `exec` shares its caller's.
    mutating func run(_ source: PythonSource) {
        self.source = source
        home = source
        position = 0
        findings = []
        nested = []
        assigned = []
        var isStart = true
        while position < source.tokens.count, steps > 0 {
            let before = position
            if isStart, readStatement() {
                isStart = false
                continue
            }
            let token = source.tokens[position]
            isStart = token.kind == .newline || Self.isSeparator(token)
            if !isStart, token.kind != .name || !Self.isKeyword(source, token) {
                let value = expression()
                giveUp(value)
            }
            if position == before { position += 1 }
            if case .name = token.kind, position == before + 1, Self.isKeyword(source, token) { isStart = true }
        }
        for name in assigned { if let value = variables[name], value.isFolded { giveUp(value) } }
    }

    private static func isSeparator(_ token: PythonToken) -> Bool {
        token.kind == .operation && (token.detail == UInt8(ascii: ";") || token.detail == UInt8(ascii: ":"))
    }

    private static let keywords: [StaticString] = [
        "if", "elif", "else", "for", "while", "in", "try", "except", "finally", "with", "as", "return", "yield",
        "raise",
        "assert", "del", "pass", "global", "nonlocal", "import", "from", "class", "def", "print", "exec", "async", "is",
        "and", "or",
    ]

    private static func isKeyword(_ source: PythonSource, _ token: PythonToken) -> Bool {
        let length = Int(token.end - token.start)
        guard length <= 8 else { return false }
        // `print` and `exec` are statements in Python 2 only; there, an operand follows without a bracket.
        for keyword in keywords where keyword.utf8CodeUnitCount == length && source.isName(token, keyword) {
            if length >= 4, source.isName(token, "exec") || source.isName(token, "print") {
                let next = Int(token.end)
                return next >= source.bytes.count || source.bytes[next] != UInt8(ascii: "(")
            }
            return true
        }
        return false
    }

    /// Pays for work; false when the budget is spent.
    mutating func pay(_ cost: Int) -> Bool {
        steps -= min(cost, steps)
        return steps > 0
    }

    /// Notes a value that goes where it cannot be followed.
    mutating func giveUp(_ value: PythonValue) {
        guard findings.count < Self.mostFindings else { return }
        switch value.kind {
        case .text, .bytes:
            guard value.isFolded else { return }
            findings.append(value)
            // A place in another source is no place in this one.
            if source !== home { findings[findings.count - 1].range = 0..<0 }
        case .list(let elements):
            for element in elements.prefix(256) {
                if case .integer = element.kind { continue }
                giveUp(element)
            }
        case .method(let receiver, _): giveUp(receiver)
        default: break
        }
    }

    /// Binds a variable.
    mutating func assign(_ name: String, _ value: PythonValue) {
        guard variables[name] != nil || variables.count < Self.mostVariables else { return }
        aliases[name] = value.reference
        variables[name] = value.isUnknown || value.reference != nil ? nil : value
        if value.isFolded, value.content != nil { assigned.append(name) }
    }
}
