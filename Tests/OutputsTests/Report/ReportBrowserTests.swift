// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Loads the report in a real browser.
@Suite(.enabled(if: Browser.path != nil, "chromium is not installed"))
struct ReportBrowserTests {
    private static var page: String { get throws { try ReportTests.page(Samples.alerts() + ReportTests.lineage()) } }

    @Test func `the page loads without an error or a request, and shows its alerts`() throws {
        let result = try Browser().load(Self.page, ["--dump-dom"])
        #expect(result.output.contains("<title>Hunt report</title>"))
        #expect(result.output.contains("<details class=\"alert critical\""))
        #expect(result.console.isEmpty, "\(result.console)")
        #expect(result.requests.isEmpty, "\(result.requests)")
    }

    @Test func `a script that got into the page would not run`() throws {
        let page = try Self.page.replacing(
            "</main>", with: "<script>document.title = 'taken'</script><img src=\"http://127.0.0.1:9/x.png\"></main>")
        let result = try Browser().load(page, ["--dump-dom"])
        #expect(result.output.contains("<title>Hunt report</title>"))
        #expect(result.console.contains { $0.contains("Content Security Policy") })
        #expect(!result.requests.contains { $0.hasPrefix("http://127.0.0.1:9/") })
    }

    @Test(arguments: [360, 1280])
    func `the page fits its window, with everything open`(width: Int) throws {
        let open = try Self.page.replacing(/<details(?: open)?/, with: "<details open")
            .replacing(/(<details open[^>]*) open>/) { "\($0.output.1)>" }
        #expect(try Browser().overflow(of: open, width: width) <= 0)
    }
}
