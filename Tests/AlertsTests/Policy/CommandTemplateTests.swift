// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Testing

@Suite struct CommandTemplateTests {
    private static let fields = NamedValues([
        ("ses", "7"), ("Image", "/usr/bin/python3.11"), ("space", "a b"), ("empty", ""), ("dollar", "$(rm -rf /)"),
        ("quote", "it's; rm -rf ~"), ("newline", "a\nrm -rf ~\n"), ("escape", "\u{1B}[2J'x"), ("option", "--rm"),
        ("nul", "a\0b"), ("backquote", "`id`"), ("back", "a\\"), ("container.id", "c0ffee"), ("equals", "=ls"),
        ("long", String(repeating: "x", count: 1025)), ("tilde", "~root"), ("bang", "\n!!"), ("print", "no"),
        ("reversed", "\u{202E}txt"), ("ünï", "x"), ("word", "ü"),
    ])

    @Test(arguments: [
        ("ausearch --session {ses} -i", "ausearch --session 7 -i"),
        ("ls -l {Image}", "ls -l /usr/bin/python3.11"),
        ("ls {space}", "ls 'a b'"),
        ("ls {empty}.", "ls ''."),
        ("ls {dollar}", "ls '$(rm -rf /)'"),
        ("ls {backquote}", "ls '`id`'"),
        ("ls {quote}", #"ls 'it'\''s; rm -rf ~'"#),
        ("ls {newline}", #"ls $'a\012rm -rf ~\012'"#),
        ("ls {escape}", #"ls $'\033[2J\047x'"#),
        ("ls {bang}", #"ls $'\012\041\041'"#),
        ("ls {reversed}", #"ls $'\342\200\256txt'"#),
        ("ls {back}", #"ls 'a\'"#),
        ("ls {equals}", "ls '=ls'"),
        ("ls {tilde}", "ls '~root'"),
        ("ls {word}", "ls 'ü'"),
        ("docker inspect {container.id}", "docker inspect c0ffee"),
        ("a {ses}{ses} b", "a 77 b"),
    ])
    func `a value stands for its placeholder as one word`(template: String, command: String) {
        #expect(CommandTemplate(template).filled(from: Self.fields).command == command)
    }

    @Test(arguments: [
        "ls {absent}", "ls {nul}", "ls {long}", "ls {option}", "ls '{option}'", "ls {}", "ls {1..5}", "ls {a,b}",
        "docker inspect --format '{{.State.Pid}}' x", "ls {{ses}}", "echo ${ses}", #"ls \{ses}"#, "ls {ünï}", "ls {ses",
        "ls {", "{", "}", "",
    ])
    func `what is no placeholder, not there or not safe stays as written`(template: String) {
        #expect(CommandTemplate(template).filled(from: Self.fields).command == template)
    }

    @Test(arguments: [
        "grep '%' f", #"grep "%" f"#, "ssh web1 ls %", "sudo ssh web1 'ls %'", "sh -c %", "/bin/bash -c %", "eval %",
        "find / -exec sh -c % ';'", "cat <<END\n%\nEND", "echo `ls %`", "# don't\nls '%'", "echo $(( % ))",
        "[[ % -eq 1 ]]", #"echo "$(ls "%")""#, #"echo $'it\'s' %"#, "awk % f", "python3.11 -c %", "ls # %",
        "x | xargs -I@ ls %", "echo ${x} %", "powershell -c %", "env -S %",
    ])
    func `where one layer of quotes may not do, only harmless values are filled in`(template: String) {
        for (name, value) in [
            ("dollar", nil), ("quote", nil), ("space", nil), ("ses", "7"), ("Image", "/usr/bin/python3.11"),
        ] {
            let own = template.replacing("%", with: "{\(name)}")
            let expected = value.map { template.replacing("%", with: $0) } ?? own
            #expect(CommandTemplate(own).filled(from: Self.fields).command == expected)
        }
    }

    @Test(arguments: [
        ("type {path}", #"type "C:\Program Files\x.exe""#), ("type {plain}", "type abc.txt"),
        ("type {dollar}", "type {dollar}"), ("type {percent}", "type {percent}"), ("type {quote}", "type {quote}"),
        ("type {end}", "type {end}"), ("type {amp}", "type {amp}"), ("type {comma}", #"type {comma}"#),
    ])
    func `for Windows a value is written so that both of its shells agree`(template: String, command: String) {
        let fields = NamedValues([
            ("path", "C:\\Program Files\\x.exe"), ("plain", "abc.txt"), ("dollar", "$(calc)"), ("percent", "%TEMP%"),
            ("quote", "a'; calc; '"), ("end", "C:\\a b\\"), ("amp", "a&calc"), ("comma", "a,\"b"),
        ])
        #expect(CommandTemplate(template).filled(from: fields, shell: .windows).command == command)
    }

    /// Values made of everything a shell acts on.
    private static let hostile: [String] = {
        let pieces = [
            "'", "\"", "\\", "$(echo X)", "`echo X`", "\n", ";", "&&", "#", "!", "*", "~", " ", "\u{1B}", "\t", "é",
            "-",
        ]
        var generator = SystemRandomNumberGenerator()
        return (0..<60).map { _ in
            "v" + (0..<Int.random(in: 1...9, using: &generator)).map { _ in pieces.randomElement() ?? "" }.joined()
        }
    }()

    @Test(arguments: ["/bin/bash", "/bin/sh"].filter { FileManager.default.isExecutableFile(atPath: $0) })
    func `a shell sees the value and runs nothing`(shell: String) throws {
        let isBash = shell.hasSuffix("bash")
        for value in Self.hostile {
            let command = CommandTemplate("printf %s {v}").filled(from: NamedValues([("v", value)])).command
            let process = Process()
            process.executableURL = URL(filePath: shell)
            process.arguments = ["-c", command]
            let output = Foundation.Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let seen = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            // Shells without `$'…'` show the escapes: still one word that runs nothing.
            let body = command.dropFirst("printf %s $'".count).dropLast()
            #expect(seen == value || (!isBash && command.contains("$'") && seen == "$" + body), "\(command)")
        }
    }
}
