// SPDX-License-Identifier: Apache-2.0
import Events
import TestSupport

/// Random events of a few hosts, whose processes start, act, fork, run something else, end and come again.
struct ProcessStream {
    private var random: SeededGenerator
    private var time = 1000.0

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> Scene.Record {
        time += random.pick([0, 0.01, 0.5, 1, random.chance(3) ? 700 : 0.1])
        // Some come late, some without a time.
        let at = random.chance(3) ? -1 : time - (random.chance(10) ? Double(random.number(0...4)) : 0)
        let pid = random.number(2...30)
        let host = random.pick(["a", "a", "B"])
        switch random.number(0...9) {
        case 0: return Scene.exit(pid, at: at, host: host)
        case 1: return Scene.connect(pid, at: at, host: host)
        case 2: return Scene.fork(pid, child: random.number(2...30), at: at)
        case 3: return window(pid, at)
        case 4: return container(pid, host, at)
        default:
            let image = random.pick([
                "/bin/sh", "/usr/bin/python3", "/usr/bin/id", "/usr/bin/sudo", "/usr/bin/Python3",
            ])
            let arguments = random.pick(["", " -c 'import os; os.getcwd()'", " x.py", " -m pty", " --", " -"])
            return Scene.exec(pid, random.number(1...30), image, image + arguments, at: at, host: host)
        }
    }

    /// Windows knows processes by identifiers of their own.
    private mutating func window(_ pid: Int, _ at: Double) -> Scene.Record {
        let parent = random.number(2...30)
        return Scene.Record(
            source: LogSource(product: "windows", category: random.pick(["process_creation", "image_load"])),
            seconds: at,
            fields: [
                "Computer": "w", "ProcessId": "\(pid)", "ProcessGuid": "{\(pid)-\(random.number(0...1))}",
                "ParentProcessGuid": random.chance(70) ? "{\(parent)-0}" : "", "ParentProcessId": "\(parent)",
                "Image": #"C:\Windows\\#(pid % 4).exe"#,
                "ParentImage": random.chance(30) ? #"C:\Python\python.exe"# : "",
                "ParentCommandLine": "python.exe -c pass",
            ])
    }

    private mutating func container(_ pid: Int, _ host: String, _ at: Double) -> Scene.Record {
        let id = String(repeating: random.pick(["0", "a", "f"]), count: 64)
        return Scene.Record(
            source: Scene.linux, seconds: at,
            fields: [
                "host.name": host, "ProcessId": "\(pid)", "ParentProcessId": "\(random.number(1...30))",
                "Image": "/bin/busybox", "CommandLine": "sh", "tty": random.pick(["pts0", "(none)", "?"]),
                "cgroup": random.pick(["/docker/\(id)", "/user.slice", "/kubepods/pod1/crio-\(id).scope", ""]),
            ])
    }
}
