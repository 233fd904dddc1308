// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Loads the page in a real browser.
@Suite(.enabled(if: Browser.path != nil, "chromium is not installed"))
struct BrowserTests {
    @Test func `the page loads without an error, a request or foreign script`() throws {
        let result = try Browser().load(CatalogueSamples.page, ["--dump-dom"])
        // The one script has run: it is allowed by the page's policy, and shows the filter.
        #expect(result.output.contains("<p id=\"filter\">"))
        #expect(result.output.contains("<title>Strategies</title>"))
        #expect(result.console.isEmpty, "\(result.console)")
        #expect(result.requests.isEmpty, "\(result.requests)")
    }

    @Test func `a page that is tampered with shows that the test would see it`() throws {
        let page = CatalogueSamples.page.replacing(
            "</main>", with: "<script>document.title = 'taken'</script><img src=\"http://127.0.0.1:9/x.png\"></main>")
        let result = try Browser().load(page, ["--dump-dom"])
        #expect(result.output.contains("<title>Strategies</title>"))
        #expect(result.console.contains { $0.contains("Content Security Policy") })
    }

    @Test func `a request would be seen`() throws {
        let result = try Browser().load("<!DOCTYPE html><img src=\"http://127.0.0.1:9/x.png\">", ["--dump-dom"])
        #expect(result.requests.contains { $0.hasPrefix("http://127.0.0.1:9/") })
    }

    @Test(arguments: [360, 1280])
    func `the page fits its window`(width: Int) throws {
        #expect(try Browser().overflow(of: CatalogueSamples.page, width: width) <= 0)
    }
}
