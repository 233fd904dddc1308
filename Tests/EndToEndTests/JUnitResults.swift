// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a JUnit file says, read by an XML parser that refuses what is not well-formed.
struct JUnitResults {
    /// Names of the suites, of the tests, and messages of the failures, in their order.
    private(set) var suites: [String] = []
    private(set) var tests: [String] = []
    private(set) var failures: [String] = []
    /// How many tests and failures the file says it has.
    private(set) var declared: [Int] = []

    /// The file is not well-formed.
    struct Malformed: Error {}

    init(_ text: String) throws {
        let collector = Collector()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = collector
        guard parser.parse() else { throw Malformed() }
        for (name, attributes) in collector.elements {
            switch name {
            case "testsuites":
                declared = ["tests", "failures"].compactMap { attributes[$0].flatMap { Int($0) } }
            case "testsuite": suites.append(attributes["name"] ?? "")
            case "testcase": tests.append(attributes["name"] ?? "")
            case "failure": failures.append(attributes["message"] ?? "")
            default: throw Malformed()
            }
        }
    }

    private final class Collector: NSObject, XMLParserDelegate {
        var elements: [(String, [String: String])] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { elements.append((name, attributes)) }
    }
}
