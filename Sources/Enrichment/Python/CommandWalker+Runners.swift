// SPDX-License-Identifier: Apache-2.0

extension CommandWalker {
    /// `cmd /c STRING`.
    func walkCmd(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        guard let index = arguments.words.firstIndex(where: { ["/c", "/k", "/r"].contains($0.lowercased()) })
        else { return nil }
        return walkWindowsString(arguments.words[(index + 1)...], depth: depth)
    }

    /// `powershell -Command STRING`; encoded commands are PowerShell's, not Python's.
    func walkPowerShell(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        guard
            let index = arguments.words.firstIndex(where: {
                let word = $0.lowercased()
                return word.count > 1 && "-command".hasPrefix(word)
            })
        else { return nil }
        return walkWindowsString(arguments.words[(index + 1)...], depth: depth)
    }

    /// Words that were one string for a Windows shell: commands end at `&`, `|` and `;`.
    private func walkWindowsString(_ words: ArraySlice<String>, depth: Int) -> PythonInvocation? {
        // A single word was quoted as a whole, and holds a command line of its own.
        let inner = words.count == 1 ? Arguments(windows: words.first ?? "").words[...] : words
        for command in inner.split(whereSeparator: { ["&", "&&", "|", "||", ";"].contains($0) }) {
            let words = command.first == "call" || command.first == "start" ? command.dropFirst() : command
            if let found = walk(Arguments(words: Array(words), isJoined: false), depth: depth + 1) { return found }
        }
        return nil
    }

    /// `docker [options] exec|run [options] NAME COMMAND`, and `kubectl exec POD -- COMMAND`.
    func walkContainer(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        let words = arguments.words
        guard let verb = words.firstIndex(where: { $0 == "exec" || $0 == "run" }) else { return nil }
        if let end = words[verb...].firstIndex(of: "--") {
            return walk(arguments.command(from: end + 1), depth: depth + 1)
        }
        let (command, _) = Self.containerOptions.skip(arguments, from: verb)
        guard command < words.count else { return nil }
        return walk(arguments.command(from: command), depth: depth + 1)
    }

    // Docker command-line reference, `docker container run` and `docker container exec`: options with a value.
    private static let containerOptions = Wrapper(
        values: "eupvwmclhan",
        longValues: [
            "env", "env-file", "user", "workdir", "detach-keys", "name", "volume", "mount", "network", "net", "publish",
            "expose", "cap-add", "cap-drop", "security-opt", "device", "pid", "ipc", "uts", "userns", "cgroupns",
            "memory", "cpus", "cpu-shares", "hostname", "label", "add-host", "dns", "entrypoint", "restart", "runtime",
            "platform", "pull", "tmpfs", "ulimit", "volumes-from", "gpus", "shm-size", "stop-signal", "log-driver",
            "log-opt", "group-add", "cidfile", "ip", "link", "sysctl", "pids-limit", "cgroup-parent", "namespace",
        ], operands: 1)

    /// `uv run …`, `poetry run …`, `conda run -n x …`, `pyenv exec …`: environments that start their interpreter.
    func walkRunner(_ arguments: Arguments, program: String, depth: Int) -> PythonInvocation? {
        let words = arguments.words
        guard let verb = words.firstIndex(where: { $0 == "run" || $0 == "exec" || $0 == "x" }) else { return nil }
        let (command, _) = Self.runnerOptions.skip(arguments, from: verb)
        let skipped = words[(verb + 1)..<min(command, words.count)]
        if program == "uv", skipped.contains("-m") || skipped.contains("--module"), command < words.count {
            return PythonInvocation(source: .module, module: words[command])
        }
        guard command < words.count else { return nil }
        if let found = walk(arguments.command(from: command), depth: depth + 1) { return found }
        guard program == "uv" || program == "pdm" || program == "pixi" else { return nil }
        // These run a script by its name with the interpreter of the environment; `-` is standard input.
        if words[command] == "-" { return PythonInvocation(source: .stdin) }
        let script = words[command].lowercased()
        guard script.hasSuffix(".py") || script.hasSuffix(".pyw") else { return nil }
        return PythonInvocation(source: .file, script: words[command])
    }

    // Command-line references of uv ("uv run"), conda ("conda run"), poetry, pipenv, hatch.
    private static let runnerOptions = Wrapper(
        values: "npPC",
        longValues: [
            "name", "prefix", "python", "with", "with-editable", "with-requirements", "extra", "group", "package",
            "directory", "project", "env-file", "index-url", "cwd", "env", "environment", "manifest-path",
        ])
}
