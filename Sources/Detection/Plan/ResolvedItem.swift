// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Why a rule that reads well cannot be compiled.
struct CompileError: Error {
    var code: String
    var message: String
    var location: SourceLocation
}

/// Applies modifiers, in the order they are written, to the values of an item: what comes out is a question without
/// history.
struct ItemResolver {
    let vocabulary: Vocabulary
    /// Fields by the names rules have used so far; few names stand in most items.
    private var fields: [String: FieldID] = [:]

    init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The id of a field by the name a rule gives it.
    mutating func field(_ name: String) -> FieldID {
        if let known = fields[name] { return known }
        let field = vocabulary.field(Self.canonical(name))
        fields[name] = field
        return field
    }

    /// Field names as events carry them: without spaces, and without the `[]` some rules put behind arrays.
    static func canonical(_ name: String) -> String {
        var text = ""
        var previous: Character = "."
        for character in name where character != " " && character != "[" {
            if character == "]" && previous != "]" { continue }
            text.append(character)
            previous = character
        }
        return text
    }

    /// The tests one of which must hold for a value; regular expressions go into the plan's table.
    func tests(for value: Value, of item: DetectionItem, _ plan: inout Plan) throws(CompileError) -> [Test] {
        var state = ValueState(value)
        for modifier in item.modifiers { try state.apply(modifier, item) }
        state.loosenKeyword(item)
        return try state.tests(item, vocabulary, &plan)
    }

    fileprivate static func fail(_ code: String, _ message: String, _ item: DetectionItem) -> CompileError {
        CompileError(code: code, message: message, location: item.location)
    }
}

/// One value on its way through the modifiers.
private struct ValueState {
    var value: Value
    var forms: [BytePattern]
    var text: String
    var cased = false
    var comparison: Comparison?
    var datePart: DatePart?
    var flags = RegexFlags()
    var kind = Kind.pattern
    var relation = Test.Relation.equals

    enum Kind { case pattern, regex, network, reference, exists }

    init(_ value: Value) {
        self.value = value
        switch value {
        case .string(let text): self.text = text
        case .pattern(let pattern): text = pattern.sigma
        case .integer(let number): text = String(number)
        case .float(let number): text = canonicalNumber(number)
        case .boolean(let flag): text = flag ? "true" : "false"
        case .null: text = ""
        }
        switch value {
        case .string(let text): forms = [BytePattern(StringPattern(parsing: text))]
        case .pattern(let pattern): forms = [BytePattern(pattern)]
        default: forms = [BytePattern(tokens: [.literal(Array(text.utf8))])]
        }
    }

    mutating func apply(_ modifier: Modifier, _ item: DetectionItem) throws(CompileError) {
        switch modifier {
        case .all, .neq, .expand: break
        case .contains:
            relation = .contains
            forms = forms.map { $0.wrapped(before: true, after: true) }
        case .startswith:
            relation = .prefix
            forms = forms.map { $0.wrapped(before: false, after: true) }
        case .endswith:
            relation = .suffix
            forms = forms.map { $0.wrapped(before: true, after: false) }
        case .cased: cased = true
        case .exists: kind = .exists
        case .re: kind = .regex
        case .i, .ignorecase: flags.ignoreCase = true
        case .m, .multiline: flags.multiLine = true
        case .s, .dotall: flags.dotMatchesAll = true
        case .cidr: kind = .network
        case .fieldref: kind = .reference
        case .lt: comparison = .less
        case .lte: comparison = .lessOrEqual
        case .gt: comparison = .greater
        case .gte: comparison = .greaterOrEqual
        case .minute: datePart = .minute
        case .hour: datePart = .hour
        case .day: datePart = .day
        case .week: datePart = .week
        case .month: datePart = .month
        case .year: datePart = .year
        case .windash:
            var all: [BytePattern] = []
            for form in forms {
                guard let made = Windash.forms(of: form) else {
                    throw ItemResolver.fail(
                        "windash-too-large",
                        "windash would make more than \(Windash.mostForms) forms of this value; "
                            + "write fewer parameters in one value", item)
                }
                all += made
            }
            forms = all
        case .wide, .utf16le: forms = forms.map { $0.mapLiterals { Encodings.utf16($0, bigEndian: false) } }
        case .utf16be: forms = forms.map { $0.mapLiterals { Encodings.utf16($0, bigEndian: true) } }
        case .utf16:
            forms = forms.map { form in
                let encoded = form.mapLiterals { Encodings.utf16($0, bigEndian: false) }
                return BytePattern(tokens: [.literal([0xFF, 0xFE])] + encoded.tokens)
            }
        case .base64: try encode(item) { [Encodings.base64($0)] }
        case .base64offset: try encode(item) { Encodings.base64Offsets($0) }
        }
    }

    /// Whether the value is compared as it is written.
    private func isPlainValue(_ item: DetectionItem) -> Bool {
        item.modifiers.allSatisfy { [.all, .neq, .cased, .expand].contains($0) }
    }

    /// A keyword is looked for inside values, as in a line of a log, unless it is tied to an end.
    ///
    /// A number must be a whole value: `6` is not found in `1652292621`.
    mutating func loosenKeyword(_ item: DetectionItem) {
        guard item.field == nil, relation == .equals else { return }
        switch value {
        case .string, .pattern: forms = forms.map { $0.wrapped(before: true, after: true) }
        default: break
        }
    }

    /// Encodings work on bytes: a wildcard has none.
    private mutating func encode(_ item: DetectionItem, _ transform: ([UInt8]) -> [[UInt8]]) throws(CompileError) {
        var encoded: [BytePattern] = []
        for form in forms {
            guard let bytes = form.plainBytes else {
                throw ItemResolver.fail(
                    "wildcard-encoded", "a value with wildcards cannot be encoded; escape them or drop the encoding",
                    item)
            }
            encoded += transform(bytes).map { BytePattern(tokens: [.literal($0)]) }
        }
        forms = encoded
    }

    func tests(_ item: DetectionItem, _ vocabulary: Vocabulary, _ plan: inout Plan) throws(CompileError) -> [Test] {
        switch kind {
        case .exists: return [.exists(value == .boolean(true) || text.lowercased() == "true")]
        case .regex:
            do { return [.regex(try plan.regex(text, flags))] } catch {
                throw ItemResolver.fail("bad-regex", "the regular expression does not compile: \(error.message)", item)
            }
        case .network:
            guard let network = Network(text) else {
                throw ItemResolver.fail("bad-cidr", "`\(text)` is no network in CIDR notation", item)
            }
            return [.network(network)]
        case .reference:
            return [.reference(vocabulary.field(ItemResolver.canonical(text)), relation, cased: cased)]
        case .pattern: break
        }
        if let datePart {
            guard let number = Int64(text) else {
                throw ItemResolver.fail("bad-number", "`\(text)` is no whole number", item)
            }
            return [.datePart(datePart, comparison ?? .equal, number)]
        }
        if let comparison {
            if let whole = Int64(text) { return [.integer(comparison, whole)] }
            guard let number = Double(text) else {
                throw ItemResolver.fail("bad-number", "`\(text)` is no number", item)
            }
            return [.number(comparison, number)]
        }
        switch value {
        case .null: return [.null]
        case .integer: if isPlainValue(item) { return [.equalsNumber(Array(text.utf8))] }
        case .float(let number):
            if isPlainValue(item) {
                return [.equalsNumber(Array(text.utf8)), .equals(CaseFolding.fold(String(number)))]
            }
        default: break
        }
        return forms.map { Test($0, cased: cased) }
    }
}

/// The decimal form in which a number is compared with text.
///
/// `42.0` is `42`.
func canonicalNumber(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : String(number)
}
