// SPDX-License-Identifier: Apache-2.0

/// A step of a pipeline: a transformation and the conditions under which it is applied.
struct ProcessingItem: Sendable {
    /// The name other steps refer to it by.
    var id: String?
    /// What is done.
    var transformation: Transformation
    /// Conditions on the whole rule.
    var ruleConditions = ConditionGroup<RuleCondition>()
    /// Conditions on a detection item.
    var itemConditions = ConditionGroup<ItemCondition>()
    /// Conditions on a field name.
    var fieldConditions = ConditionGroup<FieldCondition>()
    /// Where the step stands.
    var location: SourceLocation
}

/// Conditions and how they are joined: all (the default), one, or an expression over their names.
struct ConditionGroup<Element: Sendable>: Sendable {
    /// How conditions are joined.
    enum Linking: Sendable {
        case all, any
        case expression(Condition)
    }

    /// The conditions, with their names where they have any.
    var conditions: [(name: String, condition: Element)] = []
    /// How they are joined.
    var linking = Linking.all
    /// Whether the result is turned round.
    var isNegated = false

    /// Whether the group holds.
    ///
    /// An empty group holds, unless it is negated or joined by `or`.
    func holds(_ test: (Element) -> Bool) -> Bool {
        let result =
            switch linking {
            case .all: conditions.allSatisfy { test($0.condition) }
            case .any: conditions.contains { test($0.condition) }
            case .expression(let expression): evaluate(expression, test)
            }
        return result != isNegated
    }

    private func evaluate(_ expression: Condition, _ test: (Element) -> Bool) -> Bool {
        switch expression {
        case .search(let name): conditions.first { $0.name == name }.map { test($0.condition) } ?? false
        case .and(let operands): operands.allSatisfy { evaluate($0, test) }
        case .or(let operands): operands.contains { evaluate($0, test) }
        case .not(let operand): !evaluate(operand, test)
        case .of: false
        }
    }
}

/// What a step does.
///
/// Names and meaning are pySigma's.
indirect enum Transformation: Sendable {
    /// field_name_mapping; a nil key maps keywords.
    case fieldMapping([String?: [String]])
    /// field_name_prefix_mapping, in the order written.
    case fieldPrefixMapping([(prefix: String, replacements: [String])])
    /// field_name_transform.
    case fieldFunction(NameFunction, exceptions: [String: String])
    /// field_name_prefix.
    case fieldPrefix(String)
    /// field_name_suffix.
    case fieldSuffix(String)
    /// drop_detection_item.
    case dropItem
    /// hashes_fields.
    case hashes(HashesFields)
    /// extract_fields.
    case extractFields(FieldExtraction)
    /// wildcard_placeholders.
    case wildcardPlaceholders(PlaceholderScope)
    /// value_placeholders.
    case valuePlaceholders(PlaceholderScope)
    /// file_placeholders, its values already read.
    case filePlaceholders(PlaceholderScope, values: [Value])
    /// A transformation that does nothing here.
    case ignored
    /// add_condition.
    case addCondition(AddedCondition)
    /// change_logsource.
    case changeLogSource(RuleLogSource)
    /// add_field.
    case addFields([String])
    /// remove_field.
    case removeFields([String])
    /// set_field.
    case setFields([String])
    /// replace_string.
    case replaceString(StringReplacement)
    /// map_string.
    case mapString([String: [String]])
    /// regex.
    case regex(RegexMethod)
    /// set_value.
    case setValue(Value)
    /// convert_type.
    case convertType(TargetType)
    /// case.
    case letterCase(NameFunction)
    /// set_state.
    case setState(key: String, value: Value)
    /// rule_failure.
    case ruleFailure(String)
    /// detection_item_failure.
    case itemFailure(String)
    /// strict_field_mapping_failure.
    case strictFieldMapping
    /// set_custom_attribute.
    case setCustomAttribute(name: String, value: String)
    /// nest.
    case nest([ProcessingItem])
}

/// How text is rewritten.
enum NameFunction: String, Sendable {
    case lower, upper, title
    case snakeCase = "snake_case"

    /// The rewritten text.
    func callAsFunction(_ text: String) -> String {
        switch self {
        case .lower: return text.lowercased()
        case .upper: return text.uppercased()
        case .title:
            return text.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: " ")
        case .snakeCase: return snake(text)
        }
    }

    /// `ParentCommandLine` -> `parent_command_line`, `HTTPServer` -> `http_server`.
    private func snake(_ text: String) -> String {
        let letters = Array(text)
        var output = ""
        for (index, letter) in letters.enumerated() {
            if letter.isUppercase, index > 0, letters[index - 1] != "_" {
                let afterLower = letters[index - 1].isLowercase || letters[index - 1].isNumber
                let beforeLower = index + 1 < letters.count && letters[index + 1].isLowercase
                if afterLower || (beforeLower && letters[index - 1].isUppercase) { output += "_" }
            }
            output += letter.lowercased()
        }
        return output
    }
}

/// How the regex transformation treats letters.
enum RegexMethod: String, Sendable {
    case plain
    case flag = "ignore_case_flag"
    case brackets = "ignore_case_brackets"
}

/// What convert_type makes of a value.
enum TargetType: String, Sendable {
    case string = "str"
    case number = "num"
}

/// Which placeholders a step resolves.
struct PlaceholderScope: Sendable {
    /// Only these; nil for all.
    var include: [String]?
    /// All but these.
    var exclude: [String]?

    /// Whether a placeholder is in scope.
    func covers(_ name: String) -> Bool {
        if let include { return include.contains(name) }
        return !(exclude?.contains(name) ?? false)
    }
}

/// Parameters of hashes_fields.
struct HashesFields: Sendable {
    /// Algorithms there are fields for, in upper case.
    var algorithms: [String]
    /// What the fields' names begin with.
    var fieldPrefix = ""
    /// Whether the name of the algorithm is left out of the field.
    var dropsAlgorithm = false
}

/// Parameters of extract_fields.
struct FieldExtraction: Sendable {
    /// The expression whose named groups become fields.
    var expression: PipelineRegex
    /// Put before each field's name, with a dot.
    var fieldPrefix: String?
    /// The fields it is applied to; empty for all.
    var fields: [String] = []
}

/// Parameters of add_condition.
struct AddedCondition: Sendable {
    /// The search that is added.
    var search: YAMLNode
    /// Its name; nil for one that is made up.
    var name: String?
    /// Whether `$category`, `$product` and `$service` are filled in.
    var isTemplate = false
    /// Whether the search must not hold.
    var isNegated = false
}

/// Parameters of replace_string.
struct StringReplacement: Sendable {
    /// What is looked for.
    var expression: PipelineRegex
    /// What stands there afterwards, in Python's notation.
    var replacement: String
    /// Whether only the text between wildcards is looked at.
    var skipsSpecial = false
    /// Whether wildcards in the replacement work when special characters are skipped.
    var interpretsSpecial = false
}

/// Conditions on the whole rule.
enum RuleCondition: Sendable {
    case logsource(RuleLogSource)
    case containsItem(field: String, value: Value)
    case containsField(String)
    case itemApplied(String)
    case state(StateTest)
    case isRule, isCorrelation
    case attribute(AttributeTest)
    case tag(String)
}

/// Conditions on a detection item; `all` asks for every value instead of any.
enum ItemCondition: Sendable {
    case matchString(PipelineRegex, isNegated: Bool, all: Bool)
    case matchValue(Value, all: Bool)
    case containsWildcard(all: Bool)
    case isNull(all: Bool)
    case itemApplied(String)
    case state(StateTest)
}

/// Conditions on a field name.
enum FieldCondition: Sendable {
    case names([String], isExcluded: Bool)
    case patterns([PipelineRegex], isExcluded: Bool)
    case itemApplied(String)
    case state(StateTest)
}

/// A comparison with a value of the pipeline's state.
struct StateTest: Sendable {
    /// The key.
    var key: String
    /// What it is compared with.
    var value: Value
    /// How.
    var operation: Operation

    /// The comparisons pipelines know.
    enum Operation: String, Sendable {
        case eq, ne, gte, gt, lte, lt
        case isIn = "in"
        case notIn = "not_in"
    }
}

/// A comparison with an attribute of the rule.
struct AttributeTest: Sendable {
    /// The attribute.
    var attribute: String
    /// What it is compared with.
    var value: Value
    /// How.
    var operation: StateTest.Operation
}
