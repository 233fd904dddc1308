// SPDX-License-Identifier: Apache-2.0

/// A program that runs the command its arguments end with: how to find where that command starts.
struct Wrapper: Sendable {
    /// Short options that take a value.
    var values: String = ""
    /// Long options that take a value as the next word.
    var longValues: [String] = []
    /// How many operands stand before the command, like the duration of `timeout`.
    var operands = 0
    /// Whether `NAME=value` words may stand before the command.
    var assignments = false
    /// Whether `-c` takes a string for the shell.
    var shellString = false

    /// Where the command starts in `words`, the wrapper's own name being at `start`; also its shell string, if it has one.
    func skip(_ arguments: Arguments, from start: Int) -> (command: Int, shell: String?) {
        let words = arguments.words
        var index = start + 1
        options: while index < words.count {
            let word = words[index]
            if word == "--" {
                index += 1
                break
            }
            if word.hasPrefix("--") {
                if shellString, word == "--command" { return (index, arguments.text(from: index + 1)) }
                index += longValues.contains(String(word.dropFirst(2))) ? 2 : 1
            } else if word.hasPrefix("-"), word.count > 1 {
                index += 1
                var rest = word.dropFirst()
                while let letter = rest.popFirst() {
                    if shellString, letter == "c", rest.isEmpty { return (index, arguments.text(from: index)) }
                    guard values.contains(letter) else { continue }
                    if rest.isEmpty { index += 1 }
                    break
                }
            } else if (assignments && Self.isAssignment(word)) || (shellString && word == "-") {
                // `su - user` asks for a login shell.
                index += 1
            } else {
                break options
            }
        }
        index += operands
        if operands > 0, shellString, index + 1 < words.count, words[index] == "-c" {
            return (index, arguments.text(from: index + 1))
        }
        while assignments, index < words.count, Self.isAssignment(words[index]) { index += 1 }
        return (index, nil)
    }

    /// Whether a word is `NAME=value`.
    static func isAssignment(_ word: String) -> Bool {
        guard let first = word.utf8.first, first == UInt8(ascii: "_") || UInt8(ascii: "A")...UInt8(ascii: "z") ~= first
        else { return false }
        for byte in word.utf8 {
            switch byte {
            case UInt8(ascii: "="): return true
            case UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                continue
            default: return false
            }
        }
        return false
    }
}

extension Wrapper {
    /// The wrapper of a program name in lower case.
    ///
    /// From the manual pages of util-linux, coreutils, sudo 1.9, strace,
    /// findutils, systemd.
    static func named(_ name: String) -> Wrapper? {
        if let known = table[name] { return known }
        // The dynamic loader and user-mode emulation run what follows; so does `ld.so --preload LIB PROGRAM`.
        if name.hasPrefix("ld-linux") || name.hasPrefix("ld-musl") || name == "ld.so" || name.hasPrefix("ld-2.") {
            return Wrapper(longValues: [
                "library-path", "preload", "audit", "inhibit-rpath", "argv0", "glibc-hwcaps-mask",
            ])
        }
        if name.hasPrefix("qemu-") { return Wrapper(values: "LEUBcdDgpRrs") }
        return nil
    }

    private static let table: [String: Wrapper] = [
        "sudo": Wrapper(
            values: "CDRTUacghprtu",
            longValues: [
                "user", "group", "host", "prompt", "chdir", "chroot", "close-from", "command-timeout", "role", "type",
                "login-class", "other-user", "auth-type",
            ], assignments: true),
        "doas": Wrapper(values: "uCa"),
        "pkexec": Wrapper(longValues: ["user"]),
        "su": Wrapper(
            values: "gGsTw", longValues: ["group", "supp-group", "shell", "whitelist-environment"], operands: 1,
            shellString: true),
        "runuser": Wrapper(
            values: "gGsuTw", longValues: ["group", "supp-group", "shell", "user", "whitelist-environment"],
            shellString: true),
        "gosu": Wrapper(operands: 1),
        "su-exec": Wrapper(operands: 1),
        "s6-setuidgid": Wrapper(operands: 1),
        "timeout": Wrapper(values: "ks", longValues: ["kill-after", "signal"], operands: 1),
        "gtimeout": Wrapper(values: "ks", longValues: ["kill-after", "signal"], operands: 1),
        "nohup": Wrapper(),
        "nice": Wrapper(values: "n", longValues: ["adjustment"]),
        "ionice": Wrapper(values: "cnpPu", longValues: ["class", "classdata", "pid", "pgid", "uid"]),
        "chrt": Wrapper(
            values: "TPD", longValues: ["sched-runtime", "sched-period", "sched-deadline"], operands: 1),
        "setsid": Wrapper(),
        "stdbuf": Wrapper(values: "ioe", longValues: ["input", "output", "error"]),
        "unbuffer": Wrapper(),
        "taskset": Wrapper(operands: 1),
        "numactl": Wrapper(values: "imNCpP"),
        "chroot": Wrapper(longValues: ["userspec", "groups"], operands: 1),
        "unshare": Wrapper(
            values: "SGRwl",
            longValues: [
                "map-user", "map-group", "map-users", "map-groups", "propagation", "setgroups", "root", "wd", "setuid",
                "setgid", "load-interp", "monotonic", "boottime",
            ]),
        "nsenter": Wrapper(values: "tSGN", longValues: ["target", "setuid", "setgid", "net-socket"]),
        "setpriv": Wrapper(longValues: [
            "ambient-caps", "inh-caps", "bounding-set", "ruid", "euid", "reuid", "rgid", "egid", "regid", "groups",
            "securebits", "pdeathsig", "selinux-label", "apparmor-profile",
        ]),
        "prlimit": Wrapper(values: "po", longValues: ["pid", "output"]),
        "setarch": Wrapper(operands: 1),
        "linux32": Wrapper(), "linux64": Wrapper(), "i386": Wrapper(), "x86_64": Wrapper(),
        "strace": Wrapper(
            values: "abeEIopPsSuUOX",
            longValues: ["trace", "output", "attach", "user", "env", "string-limit", "columns", "abbrev"]),
        "ltrace": Wrapper(values: "aeFlnopsuwxAD", longValues: ["output", "library", "align"]),
        "valgrind": Wrapper(),
        "time": Wrapper(values: "fo", longValues: ["format", "output"]),
        "watch": Wrapper(values: "nqs", longValues: ["interval", "equexit", "shotsdir"]),
        "xargs": Wrapper(
            values: "adEILnPs",
            longValues: [
                "arg-file", "delimiter", "eof", "max-lines", "max-args", "max-procs", "max-chars", "process-slot-var",
            ]),
        "parallel": Wrapper(values: "jNnaIS", longValues: ["jobs", "arg-file", "max-args"]),
        "script": Wrapper(
            values: "BEIOTmot", longValues: ["log-io", "log-in", "log-out", "log-timing", "echo", "output-limit"],
            operands: 1, shellString: true),
        "flock": Wrapper(
            values: "wE", longValues: ["timeout", "wait", "conflict-exit-code"], operands: 1, shellString: true),
        "systemd-run": Wrapper(
            values: "pEMHugi",
            longValues: [
                "unit", "property", "description", "slice", "uid", "gid", "nice", "setenv", "machine", "host",
                "working-directory", "on-active", "on-boot", "on-calendar",
            ]),
        "systemd-inhibit": Wrapper(longValues: ["what", "who", "why", "mode"]),
        "dbus-run-session": Wrapper(longValues: ["config-file", "dbus-daemon"]),
        "tini": Wrapper(values: "pe"), "docker-init": Wrapper(values: "pe"),
        "dumb-init": Wrapper(values: "r", longValues: ["rewrite"]),
        "catatonit": Wrapper(), "proot": Wrapper(values: "rbqwvki"), "fakeroot": Wrapper(values: "lfsibu"),
        "firejail": Wrapper(), "torsocks": Wrapper(), "proxychains": Wrapper(values: "f"),
        "proxychains4": Wrapper(values: "f"), "caffeinate": Wrapper(values: "tw"), "arch": Wrapper(),
        "exec": Wrapper(values: "a"), "command": Wrapper(), "builtin": Wrapper(), "eatmydata": Wrapper(),
        "faketime": Wrapper(values: "f", operands: 1), "daemonize": Wrapper(values: "acepolu"),
        "start-stop-daemon": Wrapper(
            values: "xpnugrdNPIkca",
            longValues: [
                "exec", "pidfile", "name", "user", "group", "chroot", "chdir", "nicelevel", "chuid", "startas",
            ]),
    ]
}
