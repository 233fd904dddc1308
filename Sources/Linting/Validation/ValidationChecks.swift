// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Can the steps of the validation do what they say.
struct ValidationChecks {
    let python: PythonInspector?

    func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        let setting = ValidationSetting(document)
        for section in document.sections(.validation) {
            let steps = ProseSteps.steps(of: section, isBacked: !document.blocks.validation.isEmpty)
            let snippets = steps.flatMap(\.snippets)
            for snippet in snippets {
                check(snippet, &findings)
                checkPlatform(snippet, setting, &findings)
            }
            for step in steps where isPrerequisite(step.title) {
                for snippet in step.snippets where snippet.language == .shell {
                    PrerequisiteCheck.check(snippet.text, executor: "sh", at: snippet.location, &findings)
                }
            }
            if document.blocks.validation.isEmpty {
                checkExecutable(steps, snippets, section, setting, &findings)
            }
        }
        for emulation in subject.emulations { check(emulation, setting, &findings) }
    }

    private func isPrerequisite(_ title: String) -> Bool {
        let title = title.lowercased()
        return title.hasPrefix("prerequisite") || title.hasPrefix("pre-requisite") || title.hasPrefix("check prereq")
    }

    private func checkExecutable(
        _ steps: [ProseStep], _ snippets: [Snippet], _ section: Section, _ setting: ValidationSetting,
        _ findings: inout Findings
    ) {
        guard !snippets.isEmpty else {
            return findings.add(
                .validationNothingToRun, "the validation holds no command and no code, only prose", at: section.location
            )
        }
        for step in steps where step.snippets.isEmpty {
            findings.add(
                .stepWithoutCommand,
                "the step '\(step.title.excerpt(40))' says what to do but not how: it has no command",
                at: step.location)
        }
        let runnable = snippets.map(\.language.platforms)
        for platform in setting.platforms where !runnable.contains(where: { $0?.contains(platform) ?? true }) {
            findings.add(
                .platformUntested, "the document is about \(platform) too, and no step runs there", at: section.location
            )
        }
    }

    private func checkPlatform(_ snippet: Snippet, _ setting: ValidationSetting, _ findings: inout Findings) {
        guard let own = snippet.language.platforms, snippet.language != .shell else { return }
        if !setting.platforms.isEmpty, own.isDisjoint(with: setting.platforms) {
            findings.add(
                .stepPlatform,
                "\(snippet.language.name) runs on \(own.sorted().joined(separator: ", ")) only, and the document is "
                    + "about \(setting.platforms.joined(separator: ", "))", at: snippet.location)
        } else if setting.isAboutContainers {
            findings.add(
                .stepPlatform,
                "\(snippet.language.name) runs on Windows only; the containers and orchestrators this document is about "
                    + "run on Linux, where the step cannot be carried out", at: snippet.location)
        }
    }

    private func check(_ emulation: Emulation, _ setting: ValidationSetting, _ findings: inout Findings) {
        for command in [emulation.command, emulation.cleanup].compactMap(\.self) {
            guard let language = language(of: emulation.executor) else { continue }
            check(Snippet(language: language, text: command.text, location: command.location), &findings)
        }
        for command in emulation.prerequisites {
            PrerequisiteCheck.check(command.text, executor: emulation.executor, at: command.location, &findings)
        }
        CleanupCheck.check(emulation, &findings)
        if let own = language(of: emulation.executor)?.platforms,
            !emulation.platforms.isEmpty, own.isDisjoint(with: emulation.platforms.map { $0.lowercased() }),
            emulation.executor != "powershell"
        {
            findings.add(
                .stepPlatform,
                "'\(emulation.name)' says it runs on \(emulation.platforms.joined(separator: ", ")), which has no "
                    + emulation.executor, at: emulation.location)
        }
    }

    private func language(of executor: String) -> Snippet.Language? {
        switch executor {
        case "sh", "bash": .shell
        case "powershell": .powershell
        case "command_prompt": .cmd
        default: nil
        }
    }

    /// Checks one piece of code.
    private func check(_ snippet: Snippet, _ findings: inout Findings) {
        switch snippet.language {
        case .python: PythonCheck(python: python).code(snippet.text, at: snippet.location, &findings)
        case .shell: ShellCheck(python: PythonCheck(python: python)).check(snippet, &findings)
        case .autoit: AutoItCheck.check(snippet, &findings)
        default: break
        }
        Placeholders.check(snippet, &findings)
    }
}

/// What a document says about where it applies.
struct ValidationSetting {
    /// Declared platforms in lower case.
    let platforms: [String]
    /// Whether what it watches are containers.
    let isAboutContainers: Bool

    init(_ document: StrategyDocument) {
        let declared = CategorizationClaims(document).platforms.map(\.name)
        platforms = declared.filter { ["linux", "windows", "macos", "containers", "kubernetes"].contains($0) }
        let words = ["container", "kubernetes", "docker"]
        let subject = (document.title + " " + (document.section(.strategyAbstract)?.prose ?? "")).lowercased()
        let mentions = words.reduce(0) { $0 + subject.split(separator: $1).count - 1 }
        isAboutContainers = mentions >= 4
    }
}
