// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Every kind of finding about a strategy.
///
/// The raw value is the identifier users see and pass to `--explain`; each has a page in `StrategyFindingCatalogue`.
public enum StrategyFindingCode: String, Sendable, Hashable, CaseIterable {
    // The document as a file
    /// The document is too large or nests too deep.
    case unreadableDocument = "unreadable-document"
    /// The document holds bytes that are not UTF-8.
    case invalidUTF8 = "document-not-utf8"

    // Blocks
    /// A key that this map does not have.
    case blockUnknownKey = "block-unknown-key"
    /// A list where text is expected, or the like.
    case blockWrongType = "block-wrong-type"
    /// A key that is needed is not there.
    case blockMissingKey = "block-missing-key"
    /// A value that is none of those allowed.
    case blockBadValue = "block-bad-value"
    /// An id, or a block there can be one of, stands twice.
    case blockDuplicate = "block-duplicate"
    /// A block stands in another section than the one it belongs to.
    case blockMisplaced = "block-misplaced"

    // Sections
    /// The document has no title.
    case titleMissing = "title-missing"
    /// The title does not say what is detected.
    case titleGeneric = "title-generic"
    /// A section is not there.
    case sectionMissing = "section-missing"
    /// A section says nothing.
    case sectionEmpty = "section-empty"
    /// Additional Resources leads nowhere.
    case resourcesWithoutLink = "resources-without-link"

    // Categorization
    /// The document names no technique.
    case techniqueMissing = "technique-missing"
    /// ATT&CK has no such technique.
    case techniqueUnknown = "technique-unknown"
    /// The technique was revoked or deprecated.
    case techniqueRevoked = "technique-revoked"
    /// None of the techniques has this tactic.
    case tacticContradicts = "tactic-contradicts"
    /// None of the techniques is known on this platform.
    case platformContradicts = "platform-contradicts"
    /// The ids belong to another version of ATT&CK than the one at hand.
    case attackVersion = "attack-version"
    /// An element that ATT&CK leaves to the environment is bound to nothing.
    case mutableElementUnbound = "mutable-element-unbound"

    // What the strategy rests on
    /// No block declares the telemetry.
    case dataUndeclared = "data-undeclared"
    /// No declared data has the log source of a rule.
    case ruleWithoutData = "rule-without-data"
    /// A rule asks for a field that no declared data gives.
    case fieldWithoutSource = "field-without-source"
    /// A blind spot that no recorded expected miss shows.
    case blindSpotUnproven = "blind-spot-unproven"
    /// An assumption that nothing checks.
    case assumptionUnprobed = "assumption-unprobed"

    // False positives and priority
    /// A false positive that nothing tells from an attack.
    case falsePositiveVague = "false-positive-vague"
    /// A suppression without owner or expiry.
    case suppressionUnaccountable = "suppression-unaccountable"
    /// A suppression that no longer works.
    case suppressionExpired = "suppression-expired"
    /// A suppression that silences a recorded attack.
    case suppressionHidesAttack = "suppression-hides-attack"
    /// A suppression that cannot be held against the recorded attacks.
    case suppressionUnchecked = "suppression-unchecked"
    /// A priority that nothing can change.
    case priorityUnconditional = "priority-unconditional"

    // References
    /// A rule that does not exist.
    case ruleUnknown = "rule-unknown"
    /// A name that several rules have.
    case ruleAmbiguous = "rule-ambiguous"
    /// A recorded case that does not exist.
    case caseUnknown = "case-unknown"
    /// The recorded cases cannot be read.
    case casesUnreadable = "cases-unreadable"
    /// A recorded case of another kind.
    case caseKind = "case-kind"
    /// An emulation that does not exist.
    case emulationUnknown = "emulation-unknown"
    /// A rule without recorded telemetry on which it fires, or stays silent.
    case ruleUntested = "rule-untested"

    // Validation
    /// Nothing in the validation can be run.
    case validationNothingToRun = "validation-nothing-to-run"
    /// A step without a command.
    case stepWithoutCommand = "step-without-command"
    /// A step of the block that names neither case nor emulation.
    case stepUnbound = "step-unbound"
    /// Python code that does not compile.
    case pythonSyntax = "python-syntax"
    /// Python code that uses a name it never binds.
    case pythonUndefinedName = "python-undefined-name"
    /// `python -m` of a module that does nothing.
    case moduleWithoutMain = "module-without-main"
    /// A step for another platform than the one meant.
    case stepPlatform = "step-platform"
    /// A declared platform that no step runs on.
    case platformUntested = "platform-untested"
    /// A prerequisite that cannot fail.
    case prerequisiteCannotFail = "prerequisite-cannot-fail"
    /// A cleanup that removes something the step did not make.
    case cleanupMismatch = "cleanup-mismatch"
    /// Code that is never reached.
    case codeAfterExit = "code-after-exit"
    /// A step that waits for a terminal or for input.
    case stepWaits = "step-waits"
    /// A step with a placeholder where a real name is needed.
    case stepPlaceholder = "step-placeholder"
    /// A call whose arguments mean something else.
    case wrongArgument = "wrong-argument"
    /// A check could not be made here.
    case checkSkipped = "check-skipped"

    // Response
    /// A step of the response that could stand in any document.
    case responseGeneric = "response-generic"
    /// A response without any decision.
    case responseWithoutDecision = "response-without-decision"

    /// How bad a finding of this kind is.
    public var severity: Diagnostic.Severity {
        switch self {
        case .mutableElementUnbound, .checkSkipped, .attackVersion: .note
        case .blockMisplaced, .invalidUTF8, .titleGeneric, .resourcesWithoutLink, .platformContradicts, .dataUndeclared,
            .ruleWithoutData, .fieldWithoutSource, .falsePositiveVague, .suppressionExpired, .suppressionUnchecked,
            .stepWithoutCommand, .platformUntested, .stepWaits, .responseGeneric, .responseWithoutDecision,
            .stepPlaceholder:
            .warning
        default: .error
        }
    }

    /// A finding of this kind.
    public func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
        Diagnostic(severity, rawValue, message, at: location)
    }
}
