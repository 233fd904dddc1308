// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

/// The processes that alerts name, host by host, under those that started them.
///
/// Made of what the kept events say: a process and its parent by their unique ids, or by number and program where there
/// are none, and the programs of older ancestors. Numbers are used again by a host, so a link that would close a circle is
/// left out.
struct ProcessTree {
    /// A process, or an ancestor of which only the program is known.
    struct Node {
        var image: String
        var pid: String?
        var command: String?
        var user: String?
        var parent: Int?
        var children: [Int] = []
        /// Alerts about it, by their places.
        var alerts: [Int] = []
    }

    /// A host's processes that have no known parent.
    struct Host {
        var name: String
        var roots: [Int] = []
    }

    private(set) var nodes: [Node] = []
    private(set) var hosts: [Host] = []
    /// Processes that are left out because the tree is full.
    private(set) var leftOut = 0

    private var places: [String: Int] = [:]
    private var hostPlaces: [String: Int] = [:]

    /// The most processes in all; beyond, the page would be slow to open.
    private static let most = 400
    /// The most ancestors above a parent.
    private static let mostAncestors = 12

    init(_ alerts: [Alert]) {
        for (number, alert) in alerts.enumerated() {
            for event in alert.events.prefix(4) { add(event, alert: number) }
        }
        for index in nodes.indices where nodes[index].parent == nil {
            if let host = hostOf[index] { hosts[host].roots.append(index) }
        }
    }

    private var hostOf: [Int: Int] = [:]

    private mutating func add(_ event: EventSnapshot, alert: Int) {
        guard let image = event.first(of: ["Image", "SourceImage", "exe"]) else { return }
        let host = event.host ?? ""
        let pid = event.first(of: ["ProcessId", "SourceProcessId"])
        let id = event.first(of: ["ProcessGuid", "SourceProcessGUID"])
        guard let process = node(host, image, pid, id) else {
            leftOut += 1
            return
        }
        if nodes[process].command == nil { nodes[process].command = event.first(of: ["CommandLine"]) }
        if nodes[process].user == nil { nodes[process].user = event.user }
        if !nodes[process].alerts.contains(alert) { nodes[process].alerts.append(alert) }
        addAncestors(of: process, event, host)
    }

    private mutating func addAncestors(of process: Int, _ event: EventSnapshot, _ host: String) {
        var programs = event.fields["process.ancestors"].compactMap(\.scalarText)
        guard let image = event.first(of: ["ParentImage"]) ?? programs.first else { return }
        if programs.first == image { programs.removeFirst() }
        let pid = event.first(of: ["ParentProcessId"])
        guard let parent = node(host, image, pid, event.first(of: ["ParentProcessGuid"]), below: process) else {
            return
        }
        if nodes[parent].command == nil { nodes[parent].command = event.first(of: ["ParentCommandLine"]) }
        link(process, under: parent)
        var child = parent
        for (depth, program) in programs.prefix(Self.mostAncestors).enumerated() where nodes[child].parent == nil {
            // Of these only the program is known: the chain above them tells one from another.
            let chain = programs[depth...].joined(separator: "\n")
            guard let ancestor = node(host, program, nil, "chain \(chain)") else { return }
            link(child, under: ancestor)
            child = ancestor
        }
    }

    /// The process with an identity; nil when the tree is full.
    private mutating func node(
        _ host: String, _ image: String, _ pid: String?, _ id: String?, below child: Int? = nil
    ) -> Int? {
        let own = id ?? pid.map { "\($0) \(image)" } ?? child.map { "parent of \($0) \(image)" } ?? image
        let key = host + "\n" + own
        if let place = places[key] { return place }
        guard nodes.count < Self.most else { return nil }
        let place = nodes.count
        nodes.append(Node(image: image, pid: pid))
        places[key] = place
        let hostPlace = hostPlaces[host] ?? hosts.count
        if hostPlace == hosts.count {
            hostPlaces[host] = hostPlace
            hosts.append(Host(name: host))
        }
        hostOf[place] = hostPlace
        return place
    }

    private mutating func link(_ child: Int, under parent: Int) {
        guard nodes[child].parent == nil, child != parent else { return }
        var above: Int? = parent
        while let one = above {
            if one == child { return }
            above = nodes[one].parent
        }
        nodes[child].parent = parent
        nodes[parent].children.append(child)
    }
}
