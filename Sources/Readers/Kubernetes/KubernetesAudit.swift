// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Fields of a Kubernetes audit event (audit.k8s.io/v1) that are not in it under their own name: the shorthand public
/// rules use, and ours for what the request asks of the node.
struct KubernetesAudit {
    /// What audit events are.
    static let logSource = LogSource(product: "kubernetes", category: "application", service: "audit")

    let tape: JSONTape
    let event: Int

    /// Where a pod's specification lies in a request: a pod itself, what makes pods of a template, a cron job.
    private static let specifications: [[StaticString]] = [
        ["spec"], ["spec", "template", "spec"], ["spec", "jobTemplate", "spec", "template", "spec"],
        ["template", "spec"],
    ]

    /// The lists of containers of a pod's specification.
    private static let containerLists: [StaticString] = ["containers", "initContainers", "ephemeralContainers"]

    /// Adds the derived fields.
    func derive(into batch: inout EventBatch) {
        let target = value(["objectRef"], batch)
        tape.appendText(.user, value(["user", "username"], batch), into: &batch)
        tape.appendText(.eventAction, value(["verb"], batch), into: &batch)
        tape.appendText(.apiGroup, tape.member("apiGroup", of: target, in: batch.bytes), into: &batch)
        tape.appendText(.orchestratorNamespace, tape.member("namespace", of: target, in: batch.bytes), into: &batch)
        tape.appendText(.orchestratorResourceName, tape.member("name", of: target, in: batch.bytes), into: &batch)
        tape.appendText(.orchestratorResourceType, tape.member("resource", of: target, in: batch.bytes), into: &batch)
        outcome(&batch)
        command(target, &batch)
        guard let request = value(["requestObject"], batch) else { return }
        for path in Self.specifications {
            var found: Int? = request
            for key in path { found = tape.member(key, of: found, in: batch.bytes) }
            if let found, tape.tag(found) == JSONTape.Tag.object { pod(found, &batch) }
        }
    }

    private func outcome(_ batch: inout EventBatch) {
        guard let code = value(["responseStatus", "code"], batch), tape.tag(code) == JSONTape.Tag.integer else {
            return
        }
        batch.append(.eventOutcome, text: tape.word(code + 1) < 400 ? "success" : "failure")
    }

    /// What is asked of the node by a pod.
    private func pod(_ spec: Int, _ batch: inout EventBatch) {
        for volume in tape.elements(of: tape.member("volumes", of: spec, in: batch.bytes)) {
            let path = tape.value("hostPath", "path", of: volume.value, in: batch.bytes)
            tape.appendText(.hostPath, path, into: &batch)
            tape.appendText(.containerMountSource, path, into: &batch)
        }
        let shared: [(StaticString, FieldID)] = [
            ("hostNetwork", .containerNetworkMode), ("hostPID", .containerPidMode), ("hostIPC", .containerIpcMode),
        ]
        for (key, field) in shared {
            if let flag = tape.member(key, of: spec, in: batch.bytes), tape.tag(flag) == JSONTape.Tag.yes {
                batch.append(field, text: "host")
            }
        }
        var isPrivileged: Bool?
        for list in Self.containerLists {
            for container in tape.elements(of: tape.member(list, of: spec, in: batch.bytes)) {
                tape.appendText(
                    .containerImageName, tape.member("image", of: container.value, in: batch.bytes), into: &batch)
                for variable in tape.elements(of: tape.member("env", of: container.value, in: batch.bytes)) {
                    tape.appendText(
                        .containerEnvironment, tape.member("name", of: variable.value, in: batch.bytes), into: &batch)
                }
                let context = tape.member("securityContext", of: container.value, in: batch.bytes)
                let privileged = tape.member("privileged", of: context, in: batch.bytes)
                isPrivileged = (isPrivileged ?? false) || privileged.map { tape.tag($0) == JSONTape.Tag.yes } ?? false
                let added = tape.value("capabilities", "add", of: context, in: batch.bytes)
                tape.appendEach(.capabilities, added, into: &batch)
                tape.appendCapabilities(.containerCapabilitiesAdded, added, into: &batch)
            }
        }
        if let isPrivileged {
            batch.append(.containerPrivileged, text: isPrivileged ? "true" : "false", kind: .boolean)
        }
    }

    /// The command of `pods/exec`: the API server gets it as repeated query items.
    private func command(_ target: Int?, _ batch: inout EventBatch) {
        guard let part = tape.member("subresource", of: target, in: batch.bytes),
            tape.isString(part, "exec", in: batch.bytes), let uri = value(["requestURI"], batch),
            tape.tag(uri) == JSONTape.Tag.string
        else { return }
        let range = tape.string(uri, in: batch.bytes)
        let start = batch.bytes.count
        guard var at = QueryString.start(range, in: batch.bytes) else { return }
        while at < range.upperBound {
            let end = QueryString.end(at..<range.upperBound, in: batch.bytes)
            if batch.starts(at..<end, with: "command=") {
                if batch.bytes.count > start { batch.bytes.append(UInt8(ascii: " ")) }
                QueryString.decode(at + "command=".utf8.count..<end, of: &batch.bytes)
            }
            at = end + 1
        }
        if batch.bytes.count > start { batch.append(.commandLine, start..<batch.bytes.count) }
    }

    private func value(_ path: [StaticString], _ batch: EventBatch) -> Int? {
        var found: Int? = event
        for key in path { found = tape.member(key, of: found, in: batch.bytes) }
        return found
    }
}
