// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Finds the values of an audit event that are secrets or where secrets are usually kept, so that neither fields nor
/// evidence hold them.
///
/// Masked are, anywhere in the request and the response: values of containers' environment variables (`env[].value`),
/// `data` and `stringData` of Secrets, tokens of token requests and reviews, and the annotation in which `kubectl apply`
/// keeps the whole object once more. Names stay. Command lines are evidence and stay.
struct KubernetesSecrets {
    let tape: JSONTape
    let event: Int

    /// What is known of the object a value lies in.
    private struct Scope {
        /// The object is a Secret, or the request is about Secrets.
        var isSecret = false
        /// Every value from here on is masked.
        var isMasked = false
        /// An environment variable, or a list of them.
        var isVariable = false
    }

    /// The values to mask, in the order of the document; few events have any.
    func find(in bytes: [UInt8]) -> [Int] {
        let target = tape.member("objectRef", of: event, in: bytes)
        let isSecret = isText("resource", of: target, ["secrets"], bytes)
        let isToken =
            isText("subresource", of: target, ["token"], bytes)
            || isText("resource", of: target, ["tokenreviews"], bytes)
        var found: [Int] = []
        for member in tape.members(of: event) {
            guard
                tape.isString(member.key, "requestObject", in: bytes)
                    || tape.isString(member.key, "responseObject", in: bytes)
            else { continue }
            if tape.tag(member.value) == JSONTape.Tag.array {
                patch(member.value, isSecret, bytes, &found)
            } else {
                scan(member.value, Scope(isSecret: isSecret), isToken, bytes, &found)
            }
        }
        return found
    }

    private func isText(_ key: StaticString, of object: Int?, _ texts: [StaticString], _ bytes: [UInt8]) -> Bool {
        guard let value = tape.member(key, of: object, in: bytes) else { return false }
        return texts.contains { tape.isString(value, $0, in: bytes) }
    }

    /// Walks a value without recursion: nesting is the client's choice.
    private func scan(_ root: Int, _ scope: Scope, _ isToken: Bool, _ bytes: [UInt8], _ found: inout [Int]) {
        var open: [(scope: Scope, close: Int, isObject: Bool)] = []
        var at = root
        var own = scope
        repeat {
            if let last = open.last, at >= last.close {
                at = last.close + 1
                open.removeLast()
                continue
            }
            if let last = open.last {
                own = last.scope
                if last.isObject {
                    let key = tape.string(at, in: bytes)
                    at += 1
                    own = inner(last.scope, key, at, isToken, bytes)
                }
            }
            let tag = tape.tag(at)
            if tag == JSONTape.Tag.object || tag == JSONTape.Tag.array {
                if tag == JSONTape.Tag.object, !own.isMasked {
                    own.isSecret = own.isSecret || isText("kind", of: at, ["Secret"], bytes)
                }
                open.append((own, tape.end(at) - 1, tag == JSONTape.Tag.object))
                at += 1
            } else {
                if own.isMasked, tag != JSONTape.Tag.null { found.append(at) }
                at = tape.end(at)
            }
        } while !open.isEmpty
    }

    /// The scope of the member `key` of an object.
    private func inner(_ scope: Scope, _ key: Range<Int>, _ value: Int, _ isToken: Bool, _ bytes: [UInt8]) -> Scope {
        let name = bytes.span.extracting(key)
        if scope.isMasked { return scope }
        var own = Scope(isSecret: scope.isSecret)
        if scope.isVariable {
            own.isMasked = equalBytes(name, "value")
        } else if equalBytes(name, "env") {
            own.isVariable = tape.tag(value) == JSONTape.Tag.array
        } else if equalBytes(name, "data") || equalBytes(name, "stringData") {
            own.isMasked = scope.isSecret
        } else if equalBytes(name, "token") {
            own.isMasked = isToken
        } else {
            own.isMasked = equalBytes(name, "kubectl.kubernetes.io/last-applied-configuration")
        }
        return own
    }

    /// A JSON patch (RFC 6902) says by path what its values are.
    private func patch(_ list: Int, _ isSecret: Bool, _ bytes: [UInt8], _ found: inout [Int]) {
        for element in tape.elements(of: list) {
            var scope = Scope(isSecret: isSecret)
            if let path = tape.member("path", of: element.value, in: bytes), tape.tag(path) == JSONTape.Tag.string {
                place(bytes.span.extracting(tape.string(path, in: bytes)), &scope)
            }
            if let value = tape.member("value", of: element.value, in: bytes) {
                scan(value, scope, false, bytes, &found)
            }
        }
    }

    /// What a path says: `…/env`, `…/env/0` and `…/env/-` name variables, `…/env/0/value` the value of one.
    private func place(_ path: Span<UInt8>, _ scope: inout Scope) {
        if scope.isSecret, startsWith(path, "/data") || startsWith(path, "/stringData") { scope.isMasked = true }
        var start = 0
        var depth: Int?
        while start < path.count {
            let end = firstIndex(of: UInt8(ascii: "/"), in: path, from: start + 1) ?? path.count
            let part = path.extracting(start..<end)
            depth = depth.map { $0 + 1 }
            if depth == nil, equalBytes(part, "/env") { depth = 0 }
            // A slash in a name is written `~1` (RFC 6901).
            if equalBytes(part, "/kubectl.kubernetes.io~1last-applied-configuration") { scope.isMasked = true }
            if depth == 2, !equalBytes(part, "/name") { scope.isMasked = true }
            start = end
        }
        scope.isVariable = depth == 0 || depth == 1
    }
}
