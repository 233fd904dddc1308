// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import Testing

@Suite struct EnricherTests {
    private static let id = String(repeating: "0123456789abcdef", count: 4)

    @Test func `a Python process says what it runs`() {
        var scene = Scene()
        let code = "exec(__import__('base64').b64decode('\(Encodings.base64("import os; os.getcwd()"))'))"
        let fields = scene.play(Scene.exec(20, 1, "/usr/bin/python3.11", "python3 -Ic \(code)", at: 1))
        #expect(fields["python.source"] == ["command"])
        #expect(fields["python.options"] == ["-I"])
        #expect(fields["python.code"] == [code, "import os; os.getcwd()"])
        #expect(fields["python.layers"] == ["1"])
    }

    @Test(arguments: [
        ("x.py", "/srv/app", "/srv/app/x.py"), ("./x.py", "/srv/app/", "/srv/app/x.py"), ("/x.py", "/srv", "/x.py"),
        ("/dev/fd/63", "/srv", "/dev/fd/63"), ("x.py", "", "x.py"),
    ])
    func `a script's path starts at the root`(script: String, folder: String, expected: String) {
        var scene = Scene()
        let fields = scene.play(
            Scene.Record(
                source: Scene.linux, seconds: 1,
                fields: [
                    "ProcessId": "5", "Image": "/usr/bin/python3", "CommandLine": "python3 \(script)",
                    "CurrentDirectory": folder,
                ]))
        #expect(fields["python.script"] == [expected])
    }

    @Test func `a process without a pid still says what it runs`() {
        var scene = Scene()
        let fields = scene.play(
            Scene.Record(
                source: Scene.linux, seconds: -1,
                fields: ["Image": "/usr/bin/timeout", "CommandLine": "timeout 5 python3 -m pty"]))
        #expect(fields["python.module"] == ["pty"])
        #expect(fields["python.source"] == ["module"])
    }

    @Test func `children of Python know its code, children of what started it do not`() {
        var scene = Scene()
        scene.play([
            Scene.exec(10, 1, "/usr/bin/timeout", "timeout 5 python3 -c import pty; pty.spawn('sh')", at: 1),
            Scene.exec(20, 10, "/usr/bin/python3", "python3 -c import pty; pty.spawn('sh')", at: 2),
            Scene.exec(30, 20, "/bin/sh", at: 3), Scene.exec(40, 30, "/bin/ls", at: 4),
        ])
        #expect(scene.fields(0)["python.code"] == ["import pty; pty.spawn('sh')"])
        #expect(scene.fields(1)["process.parent.python.source"] == nil)
        #expect(scene.fields(2)["process.parent.python.source"] == ["command"])
        #expect(scene.fields(2)["process.parent.python.code"] == ["import pty; pty.spawn('sh')"])
        #expect(scene.fields(3)["process.parent.python.source"] == nil)
    }

    @Test func `a parent known only from the child's own record is read too`() {
        var scene = Scene()
        let fields = scene.play(
            Scene.Record(
                source: LogSource(product: "windows", category: "process_creation"), seconds: 1,
                fields: [
                    "ProcessId": "20", "ParentProcessId": "10", "Image": #"C:\Windows\System32\cmd.exe"#,
                    "CommandLine": "cmd.exe", "ParentImage": #"C:\Python\python.exe"#,
                    "ParentCommandLine": #"python.exe -c "import os; os.system('cmd')""#,
                ]))
        #expect(fields["process.parent.python.code"] == ["import os; os.system('cmd')"])
        #expect(fields["process.ancestors"] == [#"C:\Python\python.exe"#])
    }

    @Test func `a parent that executes something else is Python no more`() {
        var scene = Scene()
        scene.play([
            Scene.exec(20, 1, "/usr/bin/python3", "python3 -c pass", at: 1), Scene.exec(20, 1, "/bin/sh", at: 2),
            Scene.exec(30, 20, "/bin/ls", at: 3),
        ])
        #expect(scene.fields(2)["process.parent.python.source"] == nil)
        #expect(scene.fields(2)["process.ancestors"] == ["/bin/sh", "/usr/bin/python3"])
    }

    @Test(
        arguments: [
            ("/docker/\(id)", id, "docker"), ("/system.slice/docker-\(id).scope", id, "docker"),
            ("0::/system.slice/docker-\(id).scope\n", id, "docker"),
            (
                "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1.slice/cri-containerd-\(id).scope",
                id, "containerd"
            ),
            ("/kubepods-pod1.slice:cri-containerd:\(id)", id, "containerd"),
            ("/kubepods/burstable/pod1-2/\(id)", id, nil),
            ("/kubepods.slice/crio-\(id).scope", id, "cri-o"),
            ("/machine.slice/libpod-\(id).scope/container", id, "podman"),
            ("/machine.slice/libpod-conmon-\(id).scope", nil, nil), ("/system.slice/crio-conmon-\(id).scope", nil, nil),
            ("/nerdctl-\(id).scope", id, "containerd"), ("/lxc.payload.web/init.scope", "web", "lxc"),
            ("/machine.slice/machine-deb.scope", "deb", "systemd-nspawn"), ("/actions_job/\(id)", id, "docker"),
            ("/docker/\(id)/docker/\(id.dropLast())f", String(id.dropLast()) + "f", "docker"),
            ("/user.slice/user-0.slice", nil, nil),
            ("12:pids:/docker/\(id)\n11:cpu:/docker/\(id)\n", id, "docker"), ("/", nil, nil),
            ("/docker/short", nil, nil),
        ] as [(String, String?, String?)])
    func `a control group tells the container`(group: String, id: String?, runtime: String?) {
        var scene = Scene()
        let fields = scene.play(
            Scene.Record(
                source: Scene.linux, seconds: 1, fields: ["ProcessId": "5", "Image": "/bin/ls", "cgroup": group]))
        #expect(fields["container.id"]?.first == id)
        #expect(fields["container.runtime"]?.first == runtime)
    }

    @Test func `children are in their parent's container unless their record says otherwise`() {
        var scene = Scene()
        let root = Scene.Record(
            source: Scene.linux, seconds: 1,
            fields: ["host.name": "a", "ProcessId": "10", "Image": "/bin/init", "ContainerId": "docker://\(Self.id)"])
        let escaped = Scene.Record(
            source: Scene.linux, seconds: 4,
            fields: [
                "host.name": "a", "ProcessId": "30", "ParentProcessId": "20", "Image": "/bin/x",
                "cgroup": "/user.slice",
            ])
        scene.play([
            root, Scene.exec(20, 10, "/bin/sh", at: 2), Scene.connect(20, at: 3), escaped,
            Scene.exec(40, 30, "/bin/y", at: 5),
        ])
        #expect((0..<5).map { scene.fields($0)["container.id"]?.first } == [Self.id, Self.id, Self.id, nil, nil])
        #expect(scene.fields(2)["container.runtime"] == ["docker"])
    }

    @Test func `other sources are left alone`() {
        var scene = Scene()
        let fields = scene.play(
            Scene.Record(
                source: LogSource(product: "kubernetes", service: "audit"), seconds: 1,
                fields: ["ProcessId": "5", "Image": "/usr/bin/python3", "CommandLine": "python3 -c pass"]))
        #expect(fields.count == 3)
        #expect(scene.enricher.stats.processes == 0)
    }
}
