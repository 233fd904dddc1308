// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import Testing

@Suite struct LineageTests {
    @Test func `a process learns of its parent and its ancestors`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/usr/sbin/sshd", at: 1), Scene.exec(20, 10, "/bin/bash", "bash -l", at: 2),
            Scene.exec(30, 20, "/usr/bin/python3", "python3 x.py", at: 3), Scene.exec(40, 30, "/bin/sh", at: 4),
        ])
        let sh = scene.fields(3)
        #expect(sh["ParentImage"] == ["/usr/bin/python3"])
        #expect(sh["ParentCommandLine"] == ["python3 x.py"])
        #expect(sh["ParentUser"] == ["u30"])
        #expect(sh["process.ancestors"] == ["/usr/bin/python3", "/bin/bash", "/usr/sbin/sshd"])
        #expect(scene.fields(0)["ParentImage"] == nil)
        #expect(scene.enricher.stats.unknownParents == 1)
    }

    @Test func `what a process does carries the ancestors of who does it`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/usr/bin/containerd-shim-runc-v2", at: 1), Scene.exec(20, 10, "/bin/sh", at: 2),
            Scene.exec(30, 20, "/usr/bin/nc", at: 3), Scene.connect(30, at: 4),
        ])
        #expect(scene.fields(3)["process.ancestors"] == ["/bin/sh", "/usr/bin/containerd-shim-runc-v2"])
    }

    @Test func `fields an event has are never added again, and its own slots stay`() {
        var scene = Scene()
        _ = scene.play(Scene.exec(10, 1, "/bin/bash", at: 1))
        let before = Scene.Record(
            source: Scene.linux, seconds: 2,
            fields: [
                "host.name": "a", "ProcessId": "20", "ParentProcessId": "10", "Image": "/bin/ls", "CommandLine": "ls",
                "ParentImage": "/bin/bash", "ParentUser": "-", "ParentCommandLine": "",
            ])
        let fields = scene.play(before)
        #expect(fields["ParentImage"] == ["/bin/bash"])
        #expect(fields["ParentUser"] == ["-"])
        #expect(fields["ParentCommandLine"] == ["", "/bin/bash"])
        #expect(scene.batch.events[0].slots == 0..<8)
        #expect(scene.batch.events[0].added.lowerBound == 8)
    }

    @Test func `enriching twice adds nothing new`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/bin/bash", at: 1), Scene.exec(20, 10, "/usr/bin/python3", "python3 -c pass", at: 2),
        ])
        var batch = scene.batch
        scene.enricher.enrich(&batch)
        #expect(batch.slots == scene.batch.slots)
    }

    @Test(arguments: [true, false])
    func `a pid used again belongs to the new process`(sawExit: Bool) {
        var scene = Scene()
        scene.play([Scene.exec(10, 1, "/bin/bash", at: 1), Scene.exec(20, 10, "/usr/bin/old", at: 2)])
        if sawExit { _ = scene.play(Scene.exit(20, at: 3)) }
        scene.play([
            Scene.exec(11, 1, "/usr/sbin/cron", at: 4), Scene.exec(20, sawExit ? 10 : 11, "/usr/bin/new", at: 5000),
            Scene.exec(30, 20, "/bin/ls", at: 5001), Scene.connect(20, at: 5002),
        ])
        #expect(scene.fields(2)["process.ancestors"]?.first == "/usr/bin/new")
        #expect(scene.fields(2)["process.ancestors"]?.contains("/usr/bin/old") == false)
        #expect(scene.fields(3)["Image"] == ["/usr/bin/new"])
        #expect(scene.enricher.stats.reusedPids == 1)
    }

    @Test func `what an ended process did just before is still its own`() {
        var scene = Scene()
        scene.play([Scene.exec(20, 1, "/usr/bin/curl", at: 2), Scene.exit(20, at: 3), Scene.connect(20, at: 2.9)])
        #expect(scene.fields(2)["Image"] == ["/usr/bin/curl"])
        scene.play([Scene.connect(20, at: 60)])
        #expect(scene.fields(0)["Image"] == nil)
    }

    @Test func `programs run one after another in one process stay visible`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/bin/bash", at: 1), Scene.exec(20, 10, "/usr/bin/sudo", "sudo env python3 x.py", at: 2),
            Scene.exec(20, 10, "/usr/bin/env", "env python3 x.py", at: 2.1),
            Scene.exec(20, 10, "/usr/bin/python3.11", "python3 x.py", at: 2.2), Scene.exec(30, 20, "/bin/sh", at: 3),
        ])
        let python = scene.fields(3)
        #expect(python["ParentImage"] == ["/bin/bash"])
        #expect(python["process.ancestors"] == ["/usr/bin/env", "/usr/bin/sudo", "/bin/bash"])
        let sh = scene.fields(4)
        #expect(sh["ParentImage"] == ["/usr/bin/python3.11"])
        #expect(sh["process.ancestors"] == ["/usr/bin/python3.11", "/usr/bin/env", "/usr/bin/sudo", "/bin/bash"])
    }

    @Test func `on Windows a pid never changes its program`() {
        var scene = Scene()
        let windows = LogSource(product: "windows", category: "process_creation")
        scene.play([
            Scene.exec(10, 1, #"C:\a.exe"#, at: 1, source: windows),
            Scene.exec(20, 10, #"C:\b.exe"#, at: 2, source: windows),
            Scene.exec(20, 10, #"C:\c.exe"#, at: 30, source: windows),
        ])
        #expect(scene.fields(2)["process.ancestors"] == [#"C:\a.exe"#])
    }

    @Test func `two sensors' records of one execution are one`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/bin/bash", at: 1), Scene.exec(20, 10, "/bin/ls", "ls -l", at: 2),
            Scene.exec(20, 10, "/bin/ls", "ls -l", at: 2.3), Scene.exec(30, 20, "/bin/x", at: 3),
        ])
        #expect(scene.fields(3)["process.ancestors"] == ["/bin/ls", "/bin/bash"])
        #expect(scene.enricher.stats.processes == 3)
    }

    @Test func `a child recorded a little before its parent still has descendants with ancestors`() {
        var scene = Scene()
        scene.play([
            Scene.exec(30, 20, "/usr/bin/python3", at: 2.1), Scene.exec(20, 10, "/bin/bash", at: 2.0),
            Scene.exec(40, 30, "/bin/sh", at: 2.2),
        ])
        #expect(scene.fields(2)["process.ancestors"] == ["/usr/bin/python3", "/bin/bash"])
    }

    @Test func `executions in the wrong order end with the later one`() {
        var scene = Scene()
        scene.play([
            Scene.exec(20, 1, "/usr/bin/python3", at: 2.2), Scene.exec(20, 1, "/usr/bin/sudo", at: 2.1),
            Scene.connect(20, at: 2.0), Scene.exec(30, 20, "/bin/sh", at: 2.3),
        ])
        #expect(scene.fields(2)["Image"] == ["/usr/bin/python3"])
        #expect(scene.fields(3)["process.ancestors"] == ["/usr/bin/python3", "/usr/bin/sudo"])
    }

    @Test func `processes that claim each other as parents make no circle`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 20, "/bin/a", at: 1), Scene.exec(20, 10, "/bin/b", at: 1),
            Scene.exec(10, 20, "/bin/a2", at: 1),
            Scene.exec(30, 30, "/bin/self", at: 1), Scene.exec(40, 30, "/bin/c", at: 1),
            Scene.exec(50, 10, "/bin/d", at: 1),
        ])
        for event in 0..<6 { #expect((scene.fields(event)["process.ancestors"] ?? []).count <= 4) }
    }

    @Test func `ancestors are bounded`() {
        var scene = Scene()
        scene.play((1...200).map { Scene.exec($0 + 1, $0, "/bin/p\($0)", at: Double($0)) })
        #expect(scene.fields(199)["process.ancestors"]?.count == 32)
        #expect(scene.fields(199)["process.ancestors"]?.first == "/bin/p199")
    }

    @Test func `equal pids of two hosts are two processes`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/bin/bash", at: 1, host: "a"), Scene.exec(10, 1, "/usr/sbin/nginx", at: 1, host: "b"),
            Scene.exec(20, 10, "/bin/ls", at: 2, host: "b"), Scene.exec(20, 10, "/bin/ls", at: 2, host: "A"),
        ])
        #expect(scene.fields(2)["ParentImage"] == ["/usr/sbin/nginx"])
        #expect(scene.fields(3)["ParentImage"] == ["/bin/bash"])
    }

    @Test func `the process used least recently is given up, its parent is not`() {
        var limits = EnrichmentLimits()
        limits.processes = 100
        var scene = Scene(limits: limits)
        _ = scene.play(Scene.exec(10, 1, "/usr/sbin/sshd", at: 1))
        scene.play((1...1000).map { Scene.exec(100 + $0, 10, "/bin/ls", at: Double($0)) })
        #expect(scene.fields(999)["ParentImage"] == ["/usr/sbin/sshd"])
        #expect(scene.enricher.stats.processes == 100)
        #expect(scene.enricher.stats.evicted == 901)
        scene.play([Scene.connect(101, at: 1001), Scene.connect(1100, at: 1001)])
        #expect(scene.fields(0)["Image"] == nil)
        #expect(scene.fields(1)["Image"] == ["/bin/ls"])
    }

    @Test func `remembered bytes are bounded, also by one process that executes over and over`() {
        var limits = EnrichmentLimits()
        limits.processBytes = 4 << 20
        var scene = Scene(limits: limits)
        let long = String(repeating: "x", count: 20_000)
        for round in 0..<40 {
            scene.play((1...100).map { Scene.exec(round * 100 + $0, 1, "/bin/ls", long, at: Double(round)) })
            scene.play((1...100).map { Scene.exec(7, 1, "/bin/e\($0)", long, at: Double(round)) })
        }
        #expect(scene.enricher.stats.processBytes <= limits.processBytes + 64 << 10)
        #expect(scene.enricher.stats.evicted > 0)
        #expect(scene.enricher.stats.truncatedValues > 0)
    }

    @Test func `the cost of an event does not grow with the number of processes remembered`() {
        var scene = Scene()
        let start = ContinuousClock.now
        for round in 0..<12 {
            var records: [Scene.Record] = []
            for number in 0..<250 {
                let pid = 10 + round * 250 + number
                let line = String(repeating: "x", count: 2000)
                records.append(Scene.exec(pid, pid - 1, "/usr/bin/sudo", line, at: Double(round)))
                records.append(Scene.exec(pid, pid - 1, "/bin/sh", line, at: Double(round) + 0.5))
            }
            scene.play(records)
        }
        #expect(scene.enricher.stats.processes == 3000)
        // Copying all that is remembered for each event would take minutes.
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `a forked child inherits until it executes, a thread does not count`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/usr/bin/python3.11", "python3 -c pass", at: 1), Scene.fork(10, child: 20, at: 2),
            Scene.fork(20, child: 30, at: 3), Scene.fork(10, child: 99, at: 3, flags: "3d0f00"),
            Scene.exec(30, 20, "/bin/sh", at: 4), Scene.connect(20, at: 5), Scene.connect(99, at: 5),
        ])
        #expect(scene.fields(4)["ParentImage"] == ["/usr/bin/python3.11"])
        #expect(scene.fields(4)["process.parent.python.code"] == ["pass"])
        #expect(scene.fields(4)["process.ancestors"] == ["/usr/bin/python3.11", "/usr/bin/python3.11"])
        #expect(scene.fields(5)["Image"] == ["/usr/bin/python3.11"])
        #expect(scene.fields(6)["Image"] == nil)
    }

    @Test func `an identifier of its own beats the pid`() {
        var scene = Scene()
        let source = LogSource(product: "windows", category: "process_creation", service: "sysmon")
        func record(_ guid: String, _ parent: String, _ image: String, _ seconds: Double) -> Scene.Record {
            Scene.Record(
                source: source, seconds: seconds,
                fields: [
                    "Computer": "w", "ProcessId": "5", "ProcessGuid": guid, "ParentProcessId": "5",
                    "ParentProcessGuid": parent, "Image": image, "ParentImage": #"C:\parent-of-"# + image,
                ])
        }
        scene.play([
            record("{A}", "{0}", "a.exe", 1), record("{B}", "{A}", "b.exe", 2), record("{C}", "{A}", "c.exe", 9000),
        ])
        #expect(scene.fields(2)["process.ancestors"] == ["a.exe", #"C:\parent-of-a.exe"#])
    }

    @Test func `a process first seen by what it does is a parent all the same`() {
        var scene = Scene()
        let connection = Scene.Record(
            source: LogSource(product: "linux", category: "network_connection"), seconds: 1,
            fields: ["host.name": "a", "ProcessId": "10", "Image": "/usr/sbin/nginx", "User": "www"])
        scene.play([connection, Scene.exec(20, 10, "/bin/sh", at: 2)])
        #expect(scene.fields(1)["ParentImage"] == ["/usr/sbin/nginx"])
        #expect(scene.fields(1)["ParentUser"] == ["www"])
    }

    @Test func `what a process does has the ancestors of the process`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/usr/bin/containerd-shim-runc-v2", at: 1), Scene.exec(20, 10, "/bin/sh", at: 2),
            Scene.exec(20, 10, "/bin/nc", at: 3), Scene.connect(20, at: 4),
        ])
        #expect(scene.fields(3)["process.ancestors"] == ["/bin/sh", "/usr/bin/containerd-shim-runc-v2"])
    }

    @Test func `actions are given the process that acts`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/bin/bash", at: 1), Scene.exec(20, 10, "/usr/bin/python3", "python3 /tmp/x.py", at: 2),
            Scene.connect(20, at: 3),
        ])
        let fields = scene.fields(2)
        #expect(fields["Image"] == ["/usr/bin/python3"])
        #expect(fields["CommandLine"] == ["python3 /tmp/x.py"])
        #expect(fields["User"] == ["u20"])
        #expect(fields["ParentImage"] == ["/bin/bash"])
        #expect(fields["python.source"] == ["file"])
        #expect(fields["python.script"] == ["/tmp/x.py"])
    }

    @Test func `hostile numbers and times do not matter`() {
        var scene = Scene()
        let numbers = [
            "", "-1", "0", "99999999999999999999", "0xffffffffffffffff", "0x", "9223372036854775807", "x",
            "-9223372036854775808",
        ]
        for pid in numbers {
            for seconds in [-1, 0, 9e9] {
                scene.play(
                    ["process_creation", "process_termination", "network_connection"].map {
                        Scene.Record(
                            source: LogSource(product: "linux", category: $0), seconds: seconds,
                            fields: [
                                "ProcessId": pid, "ParentProcessId": pid, "Image": "/bin/x\0y", "cgroup": "/",
                                "exit": pid,
                            ])
                    } + [Scene.fork(Int(pid) ?? 3, child: Int(pid) ?? 4, at: 1)])
            }
        }
        #expect(scene.enricher.stats.processes < 20)
    }
}
