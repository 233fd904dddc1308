// SPDX-License-Identifier: Apache-2.0
import Foundation
import Events
import Readers
import TestSupport
import Testing

@Suite struct JSONKubernetesTests {
    private static let create = #"""
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","auditID":"1","stage":"ResponseComplete","verb":"create","user":{"username":"eve","groups":["a","b"]},"objectRef":{"resource":"deployments","namespace":"prod","name":"web","apiGroup":"apps"},"responseStatus":{"code":201},"requestReceivedTimestamp":"2022-05-13T08:54:05.123456Z","requestObject":{"kind":"Deployment","spec":{"template":{"spec":{"hostPID":true,"hostNetwork":true,"hostIPC":false,"volumes":[{"name":"r","hostPath":{"path":"/"}},{"name":"e","emptyDir":{}}],"containers":[{"image":"alpine:3","securityContext":{"privileged":true,"capabilities":{"add":["CAP_SYS_ADMIN","net_raw"]}}}],"initContainers":[{"image":"busybox"}]}}}}}
        """#

    @Test func `what a pod asks of its node is derived from the request`() throws {
        let event = try #require(JSONReading(Self.create).events.first)
        #expect(event.source == "kubernetes/application/audit")
        #expect(event["hostPath"] == "/" && event["container.mount.source"] == "/")
        #expect(event.fields["capabilities"] == ["CAP_SYS_ADMIN", "net_raw"])
        #expect(event.fields["container.capabilities.added"] == ["SYS_ADMIN", "NET_RAW"])
        #expect(event.fields["container.image.name"] == ["alpine:3", "busybox"])
        #expect(event["container.privileged"] == "true")
        #expect(event["container.pid_mode"] == "host" && event["container.network_mode"] == "host")
        #expect(event["container.ipc_mode"] == nil)
        #expect(event["apiGroup"] == "apps" && event["orchestrator.namespace"] == "prod")
        #expect(event["orchestrator.resource.name"] == "web" && event["orchestrator.resource.type"] == "deployments")
        #expect(event["User"] == "eve" && event["event.action"] == "create" && event["event.outcome"] == "success")
        #expect(event.fields["user.groups"] == ["a", "b"])
        #expect(event["requestObject.spec.template.spec.hostPID"] == "true")
        #expect(event.time.nanoseconds == 1_652_432_045_123_456_000)
    }

    @Test(arguments: [
        #"{"spec":{"volumes":[{"hostPath":{"path":"/etc"}}]}}"#,
        #"{"spec":{"template":{"spec":{"volumes":[{"hostPath":{"path":"/etc"}}]}}}}"#,
        #"{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"volumes":[{"hostPath":{"path":"/etc"}}]}}}}}}"#,
    ])
    func `host paths are found in pods, templates and cron jobs`(request: String) throws {
        let event = try #require(
            JSONReading(#"{"kind":"Event","verb":"create","requestObject":\#(request)}"#).events.first)
        #expect(event["hostPath"] == "/etc")
    }

    @Test func `a command run in a pod is decoded from the request`() throws {
        let event = try #require(
            JSONReading(
                #"{"kind":"Event","verb":"create","objectRef":{"resource":"pods","subresource":"exec","name":"p"},"requestURI":"/api/v1/namespaces/d/pods/p/exec?command=%2Fbin%2Fsh&command=-c&command=cat+%2Fetc%2Fshadow%20x&container=c&stdin=true"}"#
            ).events.first)
        #expect(event["CommandLine"] == "/bin/sh -c cat /etc/shadow x")
    }

    @Test(arguments: [
        (#"{"verb":"get","objectRef":{"resource":"pods"},"auditID":"1"}"#, 1),
        (#"{"kind":"EventList","items":[{"verb":"get","requestURI":"/"},{"verb":"list","requestURI":"/"}]}"#, 2),
        (#"{"kind":"List","items":[{"kind":"Event","verb":"get"}]}"#, 1),
        (#"{"message":"{\"kind\":\"Event\",\"verb\":\"get\"}","logStream":"kube-apiserver-audit-x"}"#, 1),
        (#"{"case":"c","event":{"kind":"Event","verb":"get","responseStatus":{"code":403}}}"#, 1),
    ])
    func `audit events are known in every wrapping`(text: String, count: Int) {
        let reading = JSONReading(text)
        #expect(reading.events.count == count)
        #expect(reading.events.allSatisfy { $0.source == "kubernetes/application/audit" && $0.fields["verb"] != nil })
    }

    @Test func `a label beside the event stays, whether or not the one before was wrapped`() {
        let wrapped = #"{"case":"c","event":{"kind":"Event","verb":"get","user":{"username":"u"}}}"#
        let reading = JSONReading(wrapped, wrapped, Self.create, wrapped)
        #expect(reading.events.map { $0["case"] } == ["c", "c", nil, "c"])
        #expect(reading.events.map { $0["user.username"] } == ["u", "u", "eve", "u"])
        #expect(reading.events[1].fields == reading.events[0].fields)
    }

    @Test func `a core event of the cluster is no audit event`() throws {
        let event = try #require(
            JSONReading(#"{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod"},"reason":"x","verb":"y"}"#)
                .events.first)
        #expect(event.source == "-/-/-")
    }

    @Test(.enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)))
    func `every line of the public audit records is recognised`() throws {
        let path = try #require(Corpora.files(under: "kubernetes-audit", suffix: ".jsonl").first)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { Array($0.utf8) }
        let reading = JSONReading(lines)
        #expect(lines.count > 100 && reading.events.count == lines.count)
        #expect(reading.events.allSatisfy { $0.source == "kubernetes/application/audit" })
        #expect(reading.events.allSatisfy { $0.fields["behaviour"] != nil })
        #expect(reading.report.problems.isEmpty)
        #expect(reading.events.contains { $0.fields["hostPath"] != nil })
        let times = ["requestReceivedTimestamp", "stageTimestamp", "p_event_time"]
        let timed = reading.events.filter { event in times.contains { event.fields[$0] != nil } }
        #expect(timed.count > 10 && timed.allSatisfy { $0.time != .unknown })
    }
}
