// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A headless Chromium that loads one page from a file.
struct Browser {
    /// Where it is installed; nil when it is not.
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// What came of loading a page.
    struct Result {
        /// Standard output, such as the document as it stands after its scripts.
        var output: String
        /// What the page wrote to the console, or was told there.
        var console: [String]
        /// Addresses that the page asked for over the network.
        var requests: [String]
    }

    /// Loads a page.
    func load(_ page: String, _ arguments: [String]) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("page.html")
        try Data(page.utf8).write(to: file)
        let log = folder.appendingPathComponent("net.json")
        let output = folder.appendingPathComponent("output")
        let errors = folder.appendingPathComponent("errors")
        for sink in [output, errors] { try Data().write(to: sink) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path ?? "")
        process.arguments =
            [
                "--headless", "--disable-gpu", "--no-sandbox", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-extensions", "--enable-logging=stderr",
                "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--log-net-log=\(log.path)",
                "--virtual-time-budget=3000",
            ] + arguments + [file.absoluteString]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()

        let lines = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n").map(String.init)
        return Result(
            output: try String(contentsOf: output, encoding: .utf8),
            console: lines.filter { $0.contains("CONSOLE") },
            requests: Self.requests(in: try String(contentsOf: log, encoding: .utf8)))
    }

    /// By how many pixels a page is wider than a window of a width; nothing is measured by more than its own script.
    func overflow(of page: String, width: Int) throws -> Int {
        let probe = "<script>document.title = document.documentElement.scrollWidth - innerWidth</script></body>"
        let bare = page.replacing(/<meta http-equiv[^>]*>/, with: "").replacing("</body>", with: probe)
        // A headless window is never narrower than 500 pixels, so a frame gives the width.
        let framed = """
            <!DOCTYPE html><title></title><iframe style="border:0;width:\(width)px;height:900px" srcdoc="\(bare
                .replacing("&", with: "&amp;").replacing("\"", with: "&quot;"))" onload="document.title = \
            this.contentDocument.title"></iframe>
            """
        let result = try load(framed, ["--window-size=1400,1000", "--dump-dom"])
        let title = result.output.firstMatch(of: /<title>(-?[0-9]+)<\/title>/)?.output.1
        return try #require(title.flatMap { Int($0) })
    }

    /// The addresses that pages asked for, from Chromium's network log: one event a line, whose `initiator` is the origin
    /// of the page, and "not an origin" for what the browser asks for on its own account.
    private static func requests(in log: String) -> [String] {
        let lines = log.split(separator: "\n").filter {
            $0.contains("\"initiator\":") && !$0.contains("\"initiator\":\"not an origin\"")
        }
        return lines.compactMap { $0.firstMatch(of: /"url":"([^"]+)"/).map { String($0.output.1) } }
    }
}
