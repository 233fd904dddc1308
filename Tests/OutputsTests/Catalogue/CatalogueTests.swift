// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Outputs
import Testing

@Suite struct CatalogueTests {
    private let page = CatalogueSamples.page

    @Test(arguments: [
        "Find &lt;script&gt;", "Every execve is recorded.", "auditctl -l", "A shell whose parent forked without exec.",
        "Record clone as well.", "The build account runs inline code.", "build-team", "2027-06-30",
        "A service account has no business with shells.", "python3 -c with os.system.", "T1059.006.yml#inline",
        "ausearch --session {ses} -i", "<b>contain</b> Freeze the process tree.", "needs network telemetry per process",
        "not settled", "process-starts", "linux / process_creation", "CommandLine|contains: &#39;&lt;script&gt;",
        "expected miss", "constructed", "User: gitlab-runner", "1 obstacle",
        "Command and Scripting Interpreter: Python",
        "© 2025 The MITRE Corporation",
    ])
    func `what document, rules and cases say is on the page`(text: String) {
        #expect(page.contains(text))
    }

    @Test func `no text of a document, rule or case becomes markup`() {
        #expect(!page.contains(CatalogueSamples.attack))
        #expect(page.components(separatedBy: "<script").count == 2)
        for markup in ["<img", "<div onclick", "href=\"javascript:", "<link", "<iframe", "@import", "url("] {
            #expect(!page.contains(markup), "\(markup)")
        }
        #expect(page.firstMatch(of: /<[^>]* (src|srcset|on[a-z]+|style)=/) == nil)
        let stray = page.unicodeScalars.filter { $0.isUnsafeOnTerminals && $0 != "\n" && $0 != "\t" }
        #expect(stray.isEmpty)
        #expect(page.contains("\\u{202e}txt.exe"))
    }

    @Test func `raw HTML in prose is shown as the text it is`() {
        #expect(page.contains("&lt;div onclick=&quot;alert(1)&quot;&gt;raw&lt;/div&gt;"))
    }

    @Test func `an image becomes a link, so that reading the page tells nobody`() {
        #expect(page.contains("<a href=\"https://example.com/track.png\">a picture</a>"))
    }

    @Test func `blocks for the program are not shown twice as prose`() {
        #expect(page.components(separatedBy: "characteristic: The build account").count == 2)
    }

    @Test func `every proof level stands beside its date`() {
        let badges = page.components(separatedBy: "<span class=\"proof").dropFirst()
        #expect(badges.count >= 4)
        for badge in badges {
            #expect(badge.prefix(200).contains("<time datetime=\"2026-03-04T05:06:07Z\">2026-03-04</time>"))
        }
    }

    @Test func `every link within the page leads somewhere, and ids are unique`() {
        let ids = page.matches(of: /id="([^"]+)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
        for link in page.matches(of: /href="#([^"]+)"/) {
            #expect(ids.contains(String(link.output.1)), "#\(link.output.1)")
        }
    }

    @Test func `every element that is opened is closed, in order`() {
        let void: Set = ["meta", "br", "input", "hr"]
        var open: [String] = []
        let body = page.replacing(/<script>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>|<!DOCTYPE html>/, with: "")
        for tag in body.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
            let name = String(tag.output.2)
            if void.contains(name) { continue }
            if tag.output.1.isEmpty {
                open.append(name)
            } else {
                #expect(open.popLast() == name, "</\(name)>")
            }
        }
        #expect(open.isEmpty)
    }

    @Test(arguments: [
        ("detection:\n  a: b\nlevel: high\n", 1, "detection:\n  a: b"),
        ("title: x\ncorrelation:\n  type: temporal\n", 1, "correlation:\n  type: temporal"),
        ("detection:\n  a: b\n---\ndetection:\n  c: d\n", 4, "detection:\n  c: d"),
        ("---\ndetection:\n  a: b\n---\nx: y\n", 1, "detection:\n  a: b"),
        ("detection:\n# why\n  a:\n- b\n\n\nx: y", 1, "detection:\n# why\n  a:\n- b"),
        ("{detection: {a: b}}", 1, ""), ("", 1, ""), ("detection:\n  a: b", 99, ""),
        ("detection:\n  a: b", -3, "detection:\n  a: b"),
    ])
    func `the excerpt of a rule is its logic alone`(text: String, line: Int, excerpt: String) {
        #expect(CatalogueEntry.Rule.logic(in: text, documentLine: line) == excerpt)
    }

    @Test func `a very long rule is cut and says so`() {
        let text = "detection:\n" + String(repeating: "  - x\n", count: 5000)
        let excerpt = CatalogueEntry.Rule.logic(in: text, documentLine: 1)
        #expect(excerpt.split(separator: "\n").count == 121)
        #expect(excerpt.hasSuffix("# and 4881 lines more"))
    }
}
