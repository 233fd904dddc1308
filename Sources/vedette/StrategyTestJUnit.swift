// SPDX-License-Identifier: Apache-2.0
import Proving
import Sigma
import Strategies

/// Results as JUnit XML, as continuous integration reads it: a suite a strategy, a test a case, a rule and a suppression.
struct StrategyTestJUnit {
    let xml: String

    init(_ reports: [StrategyTestReport]) {
        let tests = reports.reduce(0) { $0 + Self.count($1) }
        let failures = reports.reduce(0) { $0 + $1.failedCount }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites tests=\"\(tests)\" failures=\"\(failures)\">\n"
        for report in reports {
            xml += "  <testsuite name=\"\(Self.escaped(report.strategy))\" "
            xml += "tests=\"\(Self.count(report))\" failures=\"\(report.failedCount)\">\n"
            for one in report.cases {
                let seconds =
                    Double(one.duration.components.attoseconds) / 1e18 + Double(one.duration.components.seconds)
                xml += Self.test(
                    one.name, "\(report.strategy).\(one.kind.rawValue)", seconds, one.failures.joined(separator: "\n"))
            }
            for rule in report.rules {
                let missing = [
                    rule.firing.isEmpty ? "no case fires it" : "", rule.silent.isEmpty ? "no benign case tries it" : "",
                ]
                xml += Self.test(
                    rule.title, "\(report.strategy).rules", 0, missing.filter { !$0.isEmpty }.joined(separator: "; "))
            }
            for diagnostic in report.refusedRules {
                xml += Self.test("\(diagnostic.location)", "\(report.strategy).refused", 0, diagnostic.message)
            }
            for one in report.suppressions {
                xml += Self.test(
                    one.id, "\(report.strategy).suppressions", 0, one.failures.joined(separator: "\n"))
            }
            xml += "  </testsuite>\n"
        }
        self.xml = xml + "</testsuites>\n"
    }

    private static func count(_ report: StrategyTestReport) -> Int {
        report.cases.count + report.rules.count + report.suppressions.count + report.refusedRules.count
    }

    private static func test(_ name: String, _ group: String, _ seconds: Double, _ failure: String) -> String {
        let head = "    <testcase name=\"\(escaped(name))\" classname=\"\(escaped(group))\" time=\"\(seconds)\""
        guard !failure.isEmpty else { return head + "/>\n" }
        return head + "><failure message=\"\(escaped(failure))\"/></testcase>\n"
    }

    /// Escapes text for XML attributes; characters XML cannot hold become U+FFFD (XML 1.0, section 2.2).
    private static func escaped(_ text: String) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\n": output += "&#10;"
            case "\t": output += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
