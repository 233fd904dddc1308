// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

/// The trees of processes.
extension ReportPage {
    /// Deeper ones are drawn at this depth: a line needs room.
    private static let deepest = 24
    private static let longestCommand = 300

    /// The processes the alerts of this page name; nothing when they name none.
    var processSection: HTML {
        let tree = ProcessTree(alerts)
        guard !tree.nodes.isEmpty else { return "" }
        let left: HTML =
            tree.leftOut > 0 ? "<p class=\"dim\">Events of more processes are left out: \(tree.leftOut).</p>" : ""
        return """
            <section aria-labelledby="processes">
            <h2 id="processes">Processes</h2>
            \(tree.hosts.enumerated().map { host($1, in: tree, isOpen: $0 < 3) })\(left)
            </section>
            """
    }

    private func host(_ host: ProcessTree.Host, in tree: ProcessTree, isOpen: Bool) -> HTML {
        let name = host.name.isEmpty ? "Host unknown" : host.name
        return """
            <details class="host"\(isOpen ? " open" : "")><summary>\(name)</summary>
            <ul class="tree">\(host.roots.map { node($0, in: tree, depth: 0) })</ul></details>

            """
    }

    private func node(_ place: Int, in tree: ProcessTree, depth: Int) -> HTML {
        let node = tree.nodes[place]
        let about = [node.pid.map { "pid \($0)" }, node.user].compactMap { $0 }.joined(separator: ", ")
        let raised = node.alerts.prefix(8).map { number -> HTML in
            let alert = alerts[number]
            return "<a class=\"level \(alert.level.rawValue)\" href=\"#\(Self.anchor(alert))\">\(alert.rule.title)</a> "
        }
        let more: HTML =
            node.alerts.count > 8 ? "<span class=\"dim\">and \(node.alerts.count - 8) more</span>" : ""
        let command: HTML =
            node.command.map { command in
                let isLong = command.utf8.count > Self.longestCommand && command.count > Self.longestCommand
                return "<code class=\"command\">\(isLong ? command.prefix(Self.longestCommand) + "…" : command)</code>"
            } ?? ""
        let below: HTML = "\(node.children.map { self.node($0, in: tree, depth: depth + 1) })"
        let children: HTML =
            node.children.isEmpty ? "" : depth < Self.deepest ? "<ul>\(below)</ul>" : below
        let line: HTML = """
            <span class="program">\(node.image)</span> <span class="dim">\(about)</span> \(raised)\(more)\(command)
            """
        return depth < Self.deepest || node.children.isEmpty
            ? "<li>\(line)\(children)</li>\n" : "<li>\(line)</li>\n\(children)"
    }
}
