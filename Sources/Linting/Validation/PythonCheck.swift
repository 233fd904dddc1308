// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Python in validation steps: does it compile, is every name bound, does it wait, is all of it reached.
struct PythonCheck {
    let python: PythonInspector?

    /// Checks code whose first line stands at a place.
    func code(_ text: String, at location: SourceLocation, _ findings: inout Findings) {
        guard let python else {
            return findings.add(
                .checkSkipped, "Python code was not checked: there is no python3 on the search path", at: location)
        }
        guard let report = python.report(on: text) else {
            return findings.add(.checkSkipped, "Python code was not checked: python3 gave no answer", at: location)
        }
        func place(_ line: Int) -> SourceLocation {
            var place = location
            place.line += max(0, line - 1)
            place.column = 0
            return place
        }
        if let error = report.error {
            return findings.add(
                .pythonSyntax, "the Python code does not compile: \(error)", at: place(report.line ?? 1))
        }
        for name in report.undefined {
            findings.add(
                .pythonUndefinedName,
                "the Python code uses '\(name.name)', which it neither imports nor defines: it ends in a NameError here",
                at: place(name.line))
        }
        for wait in report.waits {
            findings.add(
                .stepWaits, "'\(wait.name)' waits for somebody to type: run unattended, the step hangs or ends at once",
                at: place(wait.line))
        }
        if let line = report.unreachable {
            findings.add(.codeAfterExit, "the Python code ends above this line; it is never reached", at: place(line))
        }
    }

    /// Checks `python -m MODULE`.
    func module(_ name: String, at location: SourceLocation, _ findings: inout Findings) {
        let answer = python?.module(name) ?? PythonInspector.knownModule(name)
        guard answer == .idle else { return }
        findings.add(
            .moduleWithoutMain,
            "'python -m \(name)' does nothing: the module has no part that runs, so what follows it is ignored and the "
                + "step ends with success", at: location)
    }
}
