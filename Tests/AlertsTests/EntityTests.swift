// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import TestSupport
import Testing

@Suite struct EntityTests {
    static let container = String(repeating: "0123456789abcdef", count: 4)

    struct Case: Sendable {
        var source: LogSource
        var fields: KeyValuePairs<String, String>
        var kind: Entity.Kind
        var id: String
    }

    @Test(arguments: [
        Case(
            source: LogSource(product: "linux", category: "process_creation"),
            fields: ["Image": "/usr/bin/python3", "User": "root", "host.name": "web1", "CommandLine": "python3"],
            kind: .process, id: "web1 · root · /usr/bin/python3"),
        Case(
            source: LogSource(product: "linux", category: "process_creation"),
            fields: ["Image": "/bin/sh", "User": "root", "host.name": "web1", "container.id": container],
            kind: .process, id: "web1 · 0123456789ab · root · /bin/sh"),
        Case(
            source: LogSource(product: "windows", category: "process_access"),
            fields: ["SourceImage": "C:\\a.exe", "Computer": "pc"], kind: .process, id: "pc · C:\\a.exe"),
        Case(
            source: LogSource(product: "docker"),
            fields: ["container.id": container, "container.image.name": "alpine:3", "Image": "/bin/sh"],
            kind: .container, id: "0123456789ab"),
        Case(
            source: LogSource(product: "docker"), fields: ["container.image.name": "alpine:3"], kind: .container,
            id: "alpine:3"),
        Case(
            source: LogSource(product: "kubernetes", service: "audit"),
            fields: [
                "user.username": "eve", "verb": "create", "objectRef.resource": "pods", "objectRef.namespace": "prod",
                "objectRef.name": "shell",
            ], kind: .kubernetes, id: "eve · prod · pods · shell"),
        Case(
            source: LogSource(product: "windows", service: "security"),
            fields: ["Computer": "dc1", "SubjectUserName": "bob"], kind: .user, id: "dc1 · bob"),
        Case(
            source: LogSource(product: "zeek"), fields: ["SourceIp": "10.0.0.7"], kind: .address, id: "10.0.0.7"),
        Case(source: LogSource(product: "linux"), fields: ["node": "web1", "type": "X"], kind: .host, id: "web1"),
        Case(source: LogSource(product: "linux"), fields: ["Image": "", "type": "X"], kind: .host, id: "unknown"),
    ])
    func `the event's own fields decide whom it is about`(_ sample: Case) {
        var events = SampleBatch()
        events.add(sample.fields, source: sample.source)
        var selector = EntitySelector(vocabulary: events.vocabulary)
        let entity = selector.entity(of: 0, in: events.batch)
        #expect(entity.kind == sample.kind)
        #expect(entity.id == sample.id)
    }

    @Test func `of a part's fields the first that is not empty counts, of a field its first value`() {
        let vocabulary = Vocabulary()
        var batch = EventBatch()
        let source = vocabulary.source(LogSource(product: "linux"))
        // The best field is empty where it stands first; the next best is there twice.
        for (name, value) in [
            ("User", ""), ("SubjectUserName", "bob"), ("SubjectUserName", "eve"), ("User", "mallory"), ("node", "b"),
            ("Computer", "a"),
        ] { batch.append(vocabulary.field(name), text: value) }
        batch.commit(time: .unknown, source: source, slotsFrom: 0, record: 0..<0, position: 1)
        var selector = EntitySelector(vocabulary: vocabulary)
        #expect(selector.entity(of: 0, in: batch).id == "a · bob")
        let whole = selector.key(of: 0, in: batch)
        var plain = EventBatch()
        for (name, value) in [("SubjectUserName", "bob"), ("Computer", "a")] {
            plain.append(vocabulary.field(name), text: value)
        }
        plain.commit(time: .unknown, source: source, slotsFrom: 0, record: 0..<0, position: 1)
        #expect(selector.key(of: 0, in: plain) == whole)
    }

    @Test func `keys are equal exactly for equal entities`() {
        let source = LogSource(product: "linux", category: "process_creation")
        var events = SampleBatch()
        events.add(["Image": "/bin/sh", "User": "root", "CommandLine": "one"], source: source)
        events.add(["CommandLine": "two", "User": "root", "Image": "/bin/sh"], source: source)
        events.add(["Image": "/bin/sh", "User": "rootx"], source: source)
        events.add(["Image": "/bin/sh"], source: source)
        events.add(["Image": "/bin/sh", "host.name": "root"], source: source)
        var selector = EntitySelector(vocabulary: events.vocabulary)
        let keys = (0..<5).map { selector.key(of: $0, in: events.batch) }
        #expect(keys[0] == keys[1])
        #expect(Set(keys).count == 4)
    }

    @Test func `overlong parts are cut and stay distinct`() {
        let long = String(repeating: "a", count: 5000)
        let one = Entity(kind: .user, parts: [("user", long + "1")])
        let two = Entity(kind: .user, parts: [("user", long + "2")])
        #expect(one != two)
        #expect(one.id.utf8.count < 600)
    }
}
