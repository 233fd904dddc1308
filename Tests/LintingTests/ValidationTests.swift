// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies
import TestSupport
import Testing

@testable import Linting

private let python = PythonInspector()

struct ValidationTests {
    private static func check(_ validation: String, python: PythonInspector? = python) -> [Diagnostic] {
        let text = "# T\n## Categorization\n- Platforms: Linux\n## Validation\n" + validation
        var findings = Findings()
        ValidationChecks(python: python).check(LintSubject(document: document(text)), &findings)
        return findings.all
    }

    @Test(
        .enabled(if: python != nil, "there is no python3 here"),
        arguments: [
            ("```python\nimport os\nos.system('id')\n```\n", []),
            ("```python\nos.system('id')\n```\n", ["python-undefined-name@6"]),
            ("```python\nx = (\n```\n", ["python-syntax@6"]),
            ("1. A\n   ```python\n   import sys\n   sys.exit()\n   print(1)\n   ```\n", ["code-after-exit@9"]),
            ("```python\nfrom os import *\nsystem('id')\n```\n", []),
            ("```python\ndef f(a, *b, c=1, **d):\n    return [a for x in b] + [y := 1]\n```\n", []),
            ("```python\ntry:\n    pass\nexcept E as e:\n    print(e)\n```\n", ["python-undefined-name@8"]),
            ("```python\nname = input()\n```\n", ["step-waits@6"]),
            ("```python\nimport pty\npty.spawn('/bin/sh')\n```\n", ["step-waits@7"]),
            ("- Run `python3 -c \"import os; os.system('id')\"`\n", []),
            ("- Run `python3 -c \"os.system('id')\"`\n", ["python-undefined-name@5"]),
            ("- Run `sudo -u x python3 -Ic 'import'`\n", ["python-syntax@5"]),
            ("- Run `python3 -m subprocess -- id`\n", ["module-without-main@5"]),
            ("- Run `python3 -m json`\n", ["module-without-main@5"]), ("- Run `python3 -m json.tool x`\n", []),
            ("- Run `python3 -m http.server 8000`\n", []), ("- Run `python3 -m not_installed_here`\n", []),
            ("- Run `python3.11 -u -m pty`\n", ["module-without-main@5"]),
            ("```sh\ncat > a.py <<'END'\nimport sys\nos.x()\nEND\npython3 a.py\n```\n", ["python-undefined-name@8"]),
            ("```sh\npython3 - <<END\nos.x()\nEND\n```\n", ["python-undefined-name@7"]),
            ("```sh\npython3 <<END\nprint(1)\nEND\n```\n", []),
            ("- Run `id x`\n\nText about `python3 -m subprocess x`.\n", ["module-without-main@7"]),
            ("Text: `python3 -m subprocess x`.\n```yaml vedette\nvalidation: [{id: a, what: b, case: c}]\n```\n", []),
        ])
    func `Python in steps is read and never run`(validation: String, expected: [String]) {
        let found = Self.check(validation).map { "\($0.code)@\($0.location.line)" }
        #expect(found == expected)
    }

    @Test func `without an interpreter the check is skipped and said to be`() {
        #expect(Self.check("```python\nos.x()\n```\n", python: nil).map(\.code) == ["check-skipped"])
        #expect(Self.check("- `python3 -m subprocess x`\n", python: nil).map(\.code) == ["module-without-main"])
    }

    @Test(arguments: [
        ("```sh\nexit 0\necho x\n```\n", ["code-after-exit@7"]),
        ("```sh\nif test -f x; then\n  exit 1\nfi\necho x\n```\n", []),
        ("```sh\ntest -f x || exit 1\necho x\n```\n", []),
        ("```sh\nf() {\n  exit 1\n}\nf\n```\n", []), ("```sh\necho x\nexit 0\n```\n", []),
        ("- `docker run -it alpine sh`\n", ["step-waits@5"]), ("- `docker run --rm alpine true`\n", []),
        ("- `kubectl exec -ti pod -- sh`\n", ["step-waits@5"]), ("- `docker run --init alpine`\n", []),
        ("```sh\nread answer\n```\n", ["step-waits@6"]), ("```sh\necho y | read answer\n```\n", []),
        ("```bash\nbash -i\n```\n", ["step-waits@6"]), ("```sh\npython3\n```\n", ["step-waits@6"]),
        ("```sh\necho 'print(1)' | python3\n```\n", []), ("```sh\npython3 <<< 'print(1)'\n```\n", []),
        ("```powershell\nGet-Process\n```\n", ["step-platform@6", "platform-untested@4"]),
        ("```sh\ndocker pull suspicious_image\n```\n", ["step-placeholder@6"]),
        ("- `docker run <malicious_image>`\n", ["step-placeholder@5"]), ("```sh\ncat <file >out\n```\n", []),
        ("```sh\ncat > a.txt <<END\nexit 1\nread x\nEND\necho x\n```\n", []),
        ("```sh\nexit 1 <<END\nexit 1\nEND\necho x\n```\n", ["code-after-exit@9"]),
        ("| step | command |\n|---|---|\n| 1 | `docker attach x` |\n", ["step-waits@7"]),
        ("Nothing but prose.\n", ["validation-nothing-to-run@4"]),
        ("- A `file.txt`\n", ["validation-nothing-to-run@4"]),
        ("- Prerequisite: `which docker || true`\n", ["prerequisite-cannot-fail@5"]),
        ("- Prerequisite: `which docker`\n", []),
    ])
    func `shell in steps is checked for what it cannot do`(validation: String, expected: [String]) {
        let found = Self.check(validation).map { "\($0.code)@\($0.location.line)" }
        #expect(found == expected)
    }

    private static func emulation(
        executor: String = "sh", command: String = "touch /tmp/a", cleanup: String = "rm -f /tmp/a",
        prerequisite: String = "test -x /bin/sh", platforms: String = "linux"
    ) -> [String] {
        let text = """
            attack_technique: T1059.006
            display_name: x
            atomic_tests:
              - name: A test
                supported_platforms: [\(platforms)]
                input_arguments:
                  file: {description: x, type: path, default: /tmp/a}
                dependencies:
                  - description: x
                    prereq_command: "\(prerequisite)"
                executor:
                  name: \(executor)
                  command: "\(command)"
                  cleanup_command: "\(cleanup)"
            """
        let reading = Emulation.read(text, file: "emulations/T1059.006.yml")
        #expect(reading.diagnostics.isEmpty)
        var subject = LintSubject(document: document("# T\n"))
        subject.emulations = reading.emulations
        var findings = Findings()
        ValidationChecks(python: nil).check(subject, &findings)
        return findings.all.map(\.code)
    }

    @Test(arguments: [
        ("rm -f /tmp/a", []), ("rm -f #{file}", []), ("rm -rf /tmp/b", ["cleanup-mismatch"]),
        ("rm -f /tmp/a*", []), ("docker rm -f web", ["cleanup-mismatch"]),
        ("kubectl delete pod x", ["cleanup-mismatch"]),
        ("rm -f $TARGET", []), ("true", []), ("rm -f /tmp/a >/dev/null 2>&1", []),
    ])
    func `a cleanup removes what the step made`(cleanup: String, expected: [String]) {
        #expect(Self.emulation(cleanup: cleanup) == expected)
    }

    @Test(arguments: [
        ("sh", "which docker", []), ("sh", "true", ["prerequisite-cannot-fail"]),
        ("sh", "which docker || true", ["prerequisite-cannot-fail"]),
        ("sh", "which docker; echo ok", ["prerequisite-cannot-fail"]), ("sh", "which docker && echo ok", []),
        ("sh", "which docker &> /dev/null", ["prerequisite-cannot-fail"]), ("bash", "which docker &> /dev/null", []),
        ("sh", "if [ -x /bin/sh ]; then exit 0; else exit 1; fi", []), ("sh", "which docker >/dev/null 2>&1", []),
    ])
    func `a prerequisite can fail`(executor: String, prerequisite: String, expected: [String]) {
        #expect(Self.emulation(executor: executor, prerequisite: prerequisite) == expected)
    }

    @Test func `an emulation runs where it says it does`() {
        #expect(Self.emulation(executor: "command_prompt") == ["step-platform"])
        #expect(Self.emulation(platforms: "windows") == ["step-platform"])
        #expect(Self.emulation(executor: "powershell", platforms: "linux") == [])
    }

    @Test func `AutoIt's Run is held to its arguments`() {
        let found = Self.check("```autoit\nRun(\"a\")\nRun(\"b\", @SW_HIDE)\n; Run(\"c\")\n```\n").map(\.code)
        #expect(found.count { $0 == "wrong-argument" } == 2)
    }
}
