// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Which container a process is in, read off the path of its control group.
///
/// Names are those the runtimes give: Docker (`/docker/ID`, `docker-ID.scope`), containerd (`cri-containerd-ID.scope`,
/// `…:cri-containerd:ID`), CRI-O (`crio-ID.scope`), Podman (`libpod-ID.scope`), nerdctl, LXC (`lxc.payload.NAME`),
/// systemd-nspawn (`machine.slice/…`) and Kubernetes' own layout (`kubepods/…/podUID/ID`).
struct ContainerIdentity: Sendable, Equatable {
    /// The program that made the container.
    enum Runtime: UInt8, CaseIterable, Sendable {
        case unknown, docker, containerd, crio, podman, lxc, nspawn

        /// Its name in `container.runtime`.
        var name: StaticString {
            switch self {
            case .unknown: ""
            case .docker: "docker"
            case .containerd: "containerd"
            case .crio: "cri-o"
            case .podman: "podman"
            case .lxc: "lxc"
            case .nspawn: "systemd-nspawn"
            }
        }
    }

    /// Where the identifier stands in the text that was read.
    var id: Range<Int>
    /// Who made it.
    var runtime: Runtime

    /// Reads a control group's path, or the lines of `/proc/PID/cgroup`; the innermost name decides.
    init?(controlGroup text: Span<UInt8>) {
        var end = min(text.count, 16 << 10)
        while end > 0 {
            var start = end
            while start > 0, !Self.isSeparator(text[start - 1]) { start -= 1 }
            if let found = Self.component(text, start..<end) {
                self = found
                return
            }
            end = start - 1
        }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\n") }

    private static let prefixes: [(name: StaticString, runtime: Runtime)] = [
        ("docker-", .docker), ("cri-containerd-", .containerd), ("crio-", .crio), ("libpod-", .podman),
        ("nerdctl-", .containerd), ("cri-docker-", .docker),
    ]

    private static func component(_ text: Span<UInt8>, _ range: Range<Int>) -> ContainerIdentity? {
        var end = range.upperBound
        if end - range.lowerBound > 6, equalBytes(text.extracting(end - 6..<end), ".scope") { end -= 6 }
        // `slice:prefix:name` is how runc takes a systemd group.
        var start = range.lowerBound
        var prefix = 0..<0
        for index in range where index < end && text[index] == UInt8(ascii: ":") {
            prefix = start..<index
            start = index + 1
        }
        let name = text.extracting(start..<end)
        if name.count == 64, isIdentifier(name) { return bare(text, start..<end, prefix: prefix) }
        // The monitors of CRI-O and Podman run outside of the container they name.
        if startsWith(name, "crio-conmon-") || startsWith(name, "libpod-conmon-") { return nil }
        for candidate in prefixes where startsWith(name, candidate.name) {
            let rest = start + candidate.name.utf8CodeUnitCount
            guard isIdentifier(text.extracting(rest..<end)) else { continue }
            return ContainerIdentity(id: rest..<end, runtime: candidate.runtime)
        }
        if startsWith(name, "lxc.payload."), name.count > 12 {
            return ContainerIdentity(id: start + 12..<end, runtime: .lxc)
        }
        if startsWith(name, "machine-"), name.count > 8, ancestor(text, before: range.lowerBound, is: "machine.slice") {
            return ContainerIdentity(id: start + 8..<end, runtime: .nspawn)
        }
        return nil
    }

    /// A name that is nothing but an identifier: the folder above, or the prefix, says whose.
    private static func bare(_ text: Span<UInt8>, _ id: Range<Int>, prefix: Range<Int>) -> ContainerIdentity {
        let label = text.extracting(prefix)
        if equalBytes(label, "cri-containerd") || equalBytes(label, "nerdctl") {
            return ContainerIdentity(id: id, runtime: .containerd)
        }
        if equalBytes(label, "crio") { return ContainerIdentity(id: id, runtime: .crio) }
        if equalBytes(label, "docker") { return ContainerIdentity(id: id, runtime: .docker) }
        if ancestor(text, before: id.lowerBound, is: "docker")
            || ancestor(text, before: id.lowerBound, is: "actions_job")
        {
            return ContainerIdentity(id: id, runtime: .docker)
        }
        if ancestor(text, before: id.lowerBound, is: "libpod_parent") {
            return ContainerIdentity(id: id, runtime: .podman)
        }
        return ContainerIdentity(id: id, runtime: .unknown)
    }

    /// Whether the component right above is this one.
    private static func ancestor(_ text: Span<UInt8>, before start: Int, is name: StaticString) -> Bool {
        guard start > 1 else { return false }
        let end = start - 1
        var begin = end
        while begin > 0, !isSeparator(text[begin - 1]) { begin -= 1 }
        return equalBytes(text.extracting(begin..<end), name)
    }

    private init(id: Range<Int>, runtime: Runtime) {
        self.id = id
        self.runtime = runtime
    }

    /// Whether this is a full identifier: 64 hexadecimal digits in lower case, or 32 as garden and ECS make them.
    static func isIdentifier(_ text: Span<UInt8>) -> Bool {
        guard text.count == 64 || text.count == 32 else { return false }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
            default: return false
            }
        }
        return true
    }
}
