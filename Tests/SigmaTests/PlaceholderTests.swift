// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// The `expand` modifier.
struct PlaceholderTests {
    private let variables: [String: [Value]] = [
        "one": [.string("x*")], "two": [.string("a"), .integer(2)], "path": [.string(#"C:\"#)],
        "percent": [.string("%two%")],
        "none": [],
    ]

    @Test(arguments: [
        ("f|expand: '%one%'", "all(f='x*')"), ("f|expand: '%two%'", "all(f='a','2')"),
        ("f|contains|expand: '-%two%-%two%'", "all(f|contains='-a-a','-a-2','-2-a','-2-2')"),
        ("f|expand: [plain, '%one%']", "all(f='plain','x*')"), (#"f|expand: '100\%'"#, "all(f='100%')"),
        (#"f|expand: '\%one%'"#, "all(f='%one%')"), (#"f|expand: '\\%one%'"#, #"all(f='\\x*')"#),
        (#"f|expand: '%path%*'"#, #"all(f='C:\\*')"#), ("f|expand: '50% of %two%'", "all(f='50% of a','50% of 2')"),
        ("f|expand: '%percent%'", "all(f='%two%')"), ("f|re|expand: '^%two%$'", "all(f|re='^a$','^2$')"),
        ("f|expand|startswith: '%two%'", "all(f|startswith='a','2')"), ("f|expand: '%no name%'", "all(f='%no name%')"),
    ])
    func `variables are filled in`(item: String, expected: String) {
        let set = load(rule(item: item), variables: variables)
        #expect(set.rules.first?.detection.searches.map { describe($0.search) } == [expected], "\(set.diagnostics)")
    }

    @Test func `a rule with an open placeholder is refused, and says which`() {
        let set = load(rule(item: "f|expand: 'a%two%%missing%'"), variables: variables)
        #expect(errors(set) == ["unresolved-placeholder"])
        #expect(set.diagnostics.first?.message.contains("%missing%") == true)
        #expect(set.diagnostics.first?.location.line == 9)
    }

    @Test func `what comes out is checked like what was written`() {
        let set = load(rule(item: "f|base64|expand: '%one%'"), variables: variables)
        #expect(errors(set) == ["wildcard-not-allowed"])
    }

    @Test func `combinations are bounded`() {
        let many = ["v": (0..<400).map { Value.integer(Int64($0)) }]
        #expect(
            errors(load(rule(item: "f|expand: '%v%%v%%v%%v%%v%%v%%v%%v%'"), variables: many)) == ["too-many-values"])
    }
}
