// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONDockerTests {
    @Test func `an engine event has the container's fields`() throws {
        let event = try #require(
            JSONReading(
                #"{"status":"exec_create: /bin/sh -c id","id":"abc","from":"alpine:3.19","Type":"container","Action":"exec_create: /bin/sh -c id","Actor":{"ID":"abc","Attributes":{"execID":"e","image":"alpine:3.19","name":"web","com.docker.compose.project":"shop","exitCode":"137"}},"scope":"local","time":1652432045,"timeNano":1652432045123456789}"#
            ).events.first)
        #expect(event.source == "docker/-/events")
        #expect(event["event.category"] == "container" && event["event.action"] == "exec_create")
        #expect(event["CommandLine"] == "/bin/sh -c id" && event["container.id"] == "abc")
        #expect(event["container.name"] == "web" && event["container.runtime"] == "docker")
        #expect(event["container.image.name"] == "alpine:3.19" && event["container.image.tag"] == "3.19")
        #expect(event["container.labels"] == "com.docker.compose.project=shop")
        #expect(event["process.exit_code"] == "137")
        #expect(event["Actor.Attributes.image"] == "alpine:3.19")
        #expect(event.time.nanoseconds == 1_652_432_045_123_456_789)
    }

    @Test(
        arguments: [
            ("alpine", "alpine", "latest", nil),
            ("reg:5000/a/b", "reg:5000/a/b", "latest", nil),
            ("reg:5000/a/b:1", "reg:5000/a/b:1", "1", nil),
            ("a@sha256:ff", "a@sha256:ff", nil, "sha256:ff"),
            ("a:2@sha256:ff", "a:2@sha256:ff", "2", "sha256:ff"),
            ("sha256:ff", nil, nil, "sha256:ff"),
        ] as [(String, String?, String?, String?)])
    func `an image reference is taken apart`(image: String, name: String?, tag: String?, hash: String?) throws {
        let event = try #require(
            JSONReading(#"{"status":"start","id":"i","from":"\#(image)","time":1652432045}"#).events.first)
        #expect(event.source == "docker/-/events")
        #expect(event["container.image.name"] == name)
        #expect(event["container.image.tag"] == tag)
        #expect(event["container.image.hash"] == hash)
    }

    @Test func `images and networks are not containers`() throws {
        let events = JSONReading(
            #"{"Type":"image","Action":"pull","Actor":{"ID":"evil:1","Attributes":{"name":"evil"}},"time":1}"#,
            #"{"Type":"network","Action":"connect","Actor":{"ID":"n","Attributes":{"container":"abc","name":"bridge"}},"time":1}"#
        ).events
        #expect(events.count == 2)
        #expect(events[0]["container.image.name"] == "evil:1" && events[0].fields["container.id"] == nil)
        #expect(events[1]["container.id"] == "abc" && events[1].fields["container.name"] == nil)
    }

    @Test func `a Podman event has the same fields`() throws {
        let event = try #require(
            JSONReading(
                #"{"ID":"abc","Image":"docker.io/library/alpine:latest","Name":"web","Status":"start","Time":"2022-05-13T08:54:05Z","Type":"container","Attributes":{"team":"x"}}"#
            ).events.first)
        #expect(event.source == "docker/-/events" && event["container.runtime"] == "podman")
        #expect(event["event.action"] == "start" && event["container.id"] == "abc" && event["container.name"] == "web")
        #expect(event["container.image.name"] == "docker.io/library/alpine:latest")
        #expect(event["container.labels"] == "team=x")
    }

    private static let container = #"""
        {"Id":"abc","Created":"2022-05-13T08:54:05Z","State":{"StartedAt":"2022-05-13T08:54:06Z"},"Image":"sha256:ff","Name":"/web","Mounts":[{"Type":"bind","Source":"/var/run/docker.sock","Destination":"/s"}],"Config":{"User":"root","Env":["PATH=/bin","TOKEN=s3cr3t\"x=1","EMPTY"],"Cmd":["-c","id"],"Image":"alpine","Entrypoint":["/bin/sh"],"Labels":{"a":"b"}},"HostConfig":{"Binds":["/:/host:ro"],"NetworkMode":"host","PidMode":"host","IpcMode":"private","UTSMode":"","UsernsMode":"","CgroupnsMode":"host","Privileged":true,"CapAdd":["CAP_SYS_ADMIN","net_admin"],"CapDrop":["ALL"],"SecurityOpt":["seccomp=unconfined"],"Devices":[{"PathOnHost":"/dev/sda"}],"RestartPolicy":{"Name":"always"},"AutoRemove":false}}
        """#

    @Test func `a container's description tells its isolation`() throws {
        let event = try #require(JSONReading(Self.container).events.first)
        #expect(event.source == "docker/-/inspect")
        let expected = [
            "container.id": "abc", "container.name": "web", "container.image.name": "alpine",
            "container.image.tag": "latest", "container.image.hash": "sha256:ff", "container.privileged": "true",
            "container.mount.source": "/var/run/docker.sock", "container.mount.destination": "/s",
            "container.network_mode": "host", "container.pid_mode": "host", "container.ipc_mode": "private",
            "container.cgroupns_mode": "host", "container.capabilities.dropped": "ALL",
            "container.security_options": "seccomp=unconfined", "container.device": "/dev/sda",
            "container.user": "root", "container.entrypoint": "/bin/sh", "container.command": "-c id",
            "container.restart_policy": "always", "container.auto_remove": "false", "container.labels": "a=b",
        ]
        for (name, value) in expected { #expect(event[name] == value, "\(name)") }
        #expect(event.fields["container.capabilities.added"] == ["SYS_ADMIN", "NET_ADMIN"])
        #expect(event.fields["container.environment"] == ["PATH", "TOKEN", "EMPTY"])
        #expect(event.time.nanoseconds == 1_652_432_046_000_000_000)
    }

    @Test func `binds stand in for mounts that are not reported`() throws {
        let event = try #require(
            JSONReading(
                #"{"Id":"a","Config":{},"HostConfig":{"Binds":["/a:/b:ro","vol:/c"],"Mounts":[{"Source":"/d","Target":"/e"}]}}"#
            ).events.first)
        #expect(event.fields["container.mount.source"] == ["/a", "vol", "/d"])
        #expect(event.fields["container.mount.destination"] == ["/b", "/c", "/e"])
    }

    @Test(arguments: [0, 1, 2])
    func `no value of the environment leaves the reader`(form: Int) throws {
        let escaped = Self.container.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let text =
            switch form {
            case 0: Self.container
            // The same document with the key spelt differently, and as a text in a wrapper.
            case 1: Self.container.replacing("\"Env\"", with: "\"\\u0045nv\"")
            default: "{\"log\":\"\(escaped)\",\"stream\":\"stdout\"}"
            }
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == "docker/-/inspect")
        #expect(event.fields["Config.Env"] == ["PATH=", "TOKEN=", "EMPTY"])
        #expect(!event.record.contains("s3cr3t") && !event.fields.values.joined().contains { $0.contains("s3cr3t") })
        if form == 0 { #expect(event.record.contains(#""TOKEN=","#) && event.record.contains(#""HostConfig""#)) }
    }

    @Test func `an image's description is of category image`() throws {
        let event = try #require(
            JSONReading(
                #"{"Id":"sha256:ff","RepoTags":["a:1"],"RootFS":{"Type":"layers"},"Config":{"Env":["K=v"],"User":"app"},"Created":"2022-05-13T08:54:05Z"}"#
            ).events.first)
        #expect(event.source == "docker/image/inspect")
        #expect(event["container.image.name"] == "a:1" && event["container.image.hash"] == "sha256:ff")
        #expect(event["Config.Env"] == "K=")
    }
}
