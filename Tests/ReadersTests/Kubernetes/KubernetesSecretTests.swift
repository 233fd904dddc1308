// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

/// `hunter2` is the secret in every case.
@Suite struct KubernetesSecretTests {
    private static func audit(_ resource: String, _ rest: String) -> String {
        #"{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create","objectRef":{"resource":"\#(resource)"},\#(rest)}"#
    }

    private static let variable =
        #"{"containers":[{"image":"a","command":["sh","-c","id"],"env":[{"name":"TOKEN","value":"hunter2"},{"name":"REF","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}"#

    @Test(arguments: [
        audit("pods", #""requestObject":{"kind":"Pod","spec":\#(variable)}"#),
        audit(
            "deployments",
            #""requestObject":{"spec":{"template":{"spec":\#(variable)}}},"responseObject":{"spec":{"template":{"spec":\#(variable)}}}"#
        ),
        audit("secrets", #""requestObject":{"kind":"Secret","data":{"name":"hunter2"},"stringData":{"b":"hunter2"}}"#),
        audit(
            "secrets",
            #""responseObject":{"kind":"SecretList","items":[{"metadata":{"name":"s"},"data":{"p":"hunter2"}}]}"#),
        audit("pods", #""responseObject":{"kind":"List","items":[{"data":{"p":"hunter2"},"kind":"Secret"}]}"#),
        audit(
            "configmaps",
            #""requestObject":{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"p\":\"hunter2\"}}"}}}"#
        ),
        #"{"kind":"Event","verb":"create","objectRef":{"resource":"serviceaccounts","subresource":"token"},"responseObject":{"kind":"TokenRequest","status":{"token":"hunter2"}}}"#,
        audit("tokenreviews", #""requestObject":{"spec":{"token":"hunter2"}}"#),
        audit(
            "pods",
            #""requestObject":[{"op":"add","path":"/spec/containers/0/env/-","value":{"name":"A","value":"hunter2"}}]"#),
        audit("pods", #""requestObject":[{"op":"replace","path":"/spec/containers/0/env/0/value","value":"hunter2"}]"#),
        audit(
            "pods",
            #""requestObject":[{"op":"add","path":"/spec/containers/0/env","value":[{"name":"A","value":"hunter2"}]}]"#),
        audit(
            "pods",
            #""requestObject":[{"op":"add","path":"/spec/containers/0","value":{"env":[{"name":"A","value":"hunter2"}]}}]"#
        ),
        audit(
            "pods",
            #""requestObject":[{"op":"add","path":"/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration","value":"hunter2"}]"#
        ),
        audit("secrets", #""requestObject":[{"op":"add","path":"/data/p","value":"hunter2"}]"#),
        #"{"case":"c","event":\#(audit("pods", #""requestObject":{"spec":\#(variable)}"#))}"#,
        #"{"@timestamp":"2022-05-13T08:54:05Z","ecs":{"version":"8"},"kubernetes":{"audit":\#(audit("pods", #""requestObject":{"spec":\#(variable)}"#))}}"#,
        // The key is written with an escape.
        audit("pods", #""requestObject":{"spec":{"containers":[{"\u0065nv":[{"name":"A","val\u0075e":"hunter2"}]}]}}"#),
    ])
    func `a secret is in no field and not in the evidence`(text: String) throws {
        let wrapped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        for form in [
            text, "{\"log\":\"\(wrapped)\",\"stream\":\"stdout\"}",
            "{\"message\":\"\(wrapped)\",\"event\":{\"original\":\"\(wrapped)\"}}",
            "{\"logEvents\":[{\"message\":\"\(wrapped)\"},{\"message\":\"{\\\"kind\\\":\\\"Event\\\",\\\"verb\\\":\\\"get\\\"}\"}]}",
            #"{"kind":"EventList","items":[{"kind":"Event","verb":"get"},\#(text)]}"#,
            #"[{"kind":"Event","verb":"get"},\#(text)]"#,
        ] {
            let events = JSONReading(form).events
            #expect(events.contains { $0.source == "kubernetes/application/audit" })
            for event in events {
                #expect(!event.record.contains("hunter2"), "\(form)")
                for (name, values) in event.fields { #expect(!values.contains { $0.contains("hunter2") }, "\(name)") }
            }
        }
    }

    @Test func `names, commands and everything else stay`() throws {
        let event = try #require(
            JSONReading(
                Self.audit(
                    "pods", #""requestObject":{"spec":\#(Self.variable)},"n":1.5,"b":true,"z":null,"s":"\u0001\"""#)
            )
            .events.first)
        #expect(event.fields["requestObject.spec.containers.env.name"] == ["TOKEN", "REF"])
        #expect(event.fields["requestObject.spec.containers.command"] == ["sh", "-c", "id"])
        #expect(event["requestObject.spec.containers.env.valueFrom.secretKeyRef.key"] == "k")
        #expect(event.kinds["requestObject.spec.containers.env.value"] == .null)
        #expect(event.fields["container.environment"] == ["TOKEN", "REF"])
        #expect(
            event.record
                == #"{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create","objectRef":{"resource":"pods"},"requestObject":{"spec":{"containers":[{"image":"a","command":["sh","-c","id"],"env":[{"name":"TOKEN","value":"[masked]"},{"name":"REF","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}},"n":1.5,"b":true,"z":null,"s":"\u0001\""}"#
        )
        // What was written is read again as what it was.
        let again = try #require(JSONReading(event.record).events.first)
        #expect(again.fields["s"] == event.fields["s"])
    }

    @Test(arguments: [
        audit("configmaps", #""requestObject":{"kind":"ConfigMap","data":{"p":"plain"}}"#),
        audit("pods", #""requestObject":{"spec":{"value":"plain","token":"plain"}}"#),
        audit("pods", #""requestObject":[{"op":"add","path":"/metadata/labels/environment","value":"plain"}]"#),
    ])
    func `what is no secret stays as it was`(text: String) throws {
        let event = try #require(JSONReading(text).events.first)
        #expect(event.record == text)
        #expect(event.fields.values.contains { $0.contains("plain") })
    }

    @Test func `deep nesting is walked, not climbed`() throws {
        let deep =
            String(repeating: #"{"a":["#, count: 300) + #"{"env":[{"value":"hunter2"}]}"#
            + String(repeating: "]}", count: 300)
        let event = try #require(JSONReading(Self.audit("pods", #""requestObject":\#(deep)"#)).events.first)
        #expect(!event.record.contains("hunter2"))
    }
}
