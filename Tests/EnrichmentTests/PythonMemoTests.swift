// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import Testing

/// What is remembered of a command line must be what reading it anew would give.
@Suite struct PythonMemoTests {
    private static func execution(_ number: Int) -> Scene.Record {
        let lines: [(image: String, line: String)] = [
            ("/usr/bin/python3", "python3 -c print(1)"), ("/usr/bin/python2", "python3 -c print(1)"),
            ("/usr/bin/python3", "python3"), ("/bin/bash", "bash -c python3"), ("/bin/cat", "cat happy.txt"),
            ("/usr/bin/python3", "python3 -c exec(__import__('base64').b64decode('cHJpbnQoMSk='))"),
            ("/usr/bin/python3", "python3 -m http.server \(number % 7)"), ("/usr/bin/python3", "python3 \(number).py"),
            ("/usr/bin/uv", "uv run -"), ("/usr/bin/python3", "python3 -c " + String(repeating: "x", count: 3000)),
        ]
        let (image, line) = lines[number * 7 % lines.count]
        return Scene.Record(
            source: Scene.linux, seconds: Double(number),
            fields: [
                "host.name": "h\(number)", "ProcessId": "5", "ParentProcessId": "4", "Image": image,
                "CommandLine": line,
                "process.tty": number % 3 == 0 ? "pts0" : "(none)", "CurrentDirectory": "/d\(number % 5)",
            ])
    }

    private static func sorted(_ fields: [String: [String]]) -> [String] {
        fields.map { "\($0.key)=\($0.value)" }.sorted()
    }

    @Test func `a command line means the same again and among others`() {
        var scene = Scene()
        for number in 0..<60 {
            let again = scene.play(Self.execution(number))
            var fresh = Scene()
            #expect(Self.sorted(again) == Self.sorted(fresh.play(Self.execution(number))))
        }
        // Nothing was left unread: all but `cat` run Python.
        #expect(scene.enricher.stats.pythonCommands == 54)
    }

    @Test func `an interpreter's terminal decides although its command line was met before`() {
        var scene = Scene()
        func source(_ tty: String, _ pid: String) -> [String]? {
            scene.play(
                Scene.Record(
                    source: Scene.linux, seconds: 1,
                    fields: [
                        "ProcessId": pid, "Image": "/usr/bin/python3", "CommandLine": "python3", "process.tty": tty,
                    ]))["python.source"]
        }
        let (with, without) = (source("pts0", "1"), source("(none)", "2"))
        #expect(with != without)
        #expect(source("pts0", "3") == with)
        #expect(source("(none)", "4") == without)
    }
}
