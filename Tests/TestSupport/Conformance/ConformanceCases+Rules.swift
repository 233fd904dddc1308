// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension ConformanceCase {
    /// Keywords.
    static var keywords: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "a keyword is found in any value", "", ["evil"],
            yes: [["F": "xEVILx"], ["G": "a", "H": "evil"], ["a.b": "so evil"]],
            no: [["F": "good"], ["evil": "x"], [:]])
        table.add("keywords are any of them", "", ["a1", "b2"], yes: [["F": "b2"], ["G": "xa1"]], no: [["F": "c"]])
        table.add(
            "all keywords, in different fields if need be", "|all", ["OabVirtualDirectory", " -ExternalUrl "],
            yes: [["F": "OabVirtualDirectory", "G": "x -ExternalUrl y"], ["F": "oabvirtualdirectory -externalurl "]],
            no: [["F": "OabVirtualDirectory"], ["G": " -ExternalUrl "]])
        table.add("a keyword does not span fields", "", ["ab"], no: [["F": "a", "G": "b"], ["F": ["a", "b"]]])
        table.add(
            "keywords hold wildcards", "", ["a*z", "q?s"], yes: [["F": "xxa--zxx"], ["F": "xqrsx"]],
            no: [["F": "za"], ["F": "qs"], ["F": "a", "G": "z"]])
        table.add("keywords cross newlines", "", ["a*z"], yes: [["F": "a\nz"]])
        table.add("keywords resolve escapes", "", [#"a\*z"#], yes: [["F": "xa*zx"]], no: [["F": "abz"]])
        table.add(
            "a number keyword is a whole value", "", [6], yes: [["a1": "6"], ["a1": 6], ["F": "x", "G": 6.0]],
            no: [["a1": "16"], ["a1": "init 6"], ["a1": 60]])
        table.add("zero as a keyword", "", [0, 6], yes: [["a1": "0"]], no: [["a1": "10"], ["a1": ""], ["a1": nil]])
        table.add(
            "a boolean keyword is a whole value", "", [true], yes: [["F": true], ["F": "TRUE"]],
            no: [["F": "untrue"], ["F": 1]])
        table.add(
            "a text keyword is found in numbers and booleans", "", ["462", "rue"], yes: [["F": 4625], ["F": true]],
            no: [["F": 5]])
        table.add(
            "keywords see what enrichment added", "", ["nginx"],
            yes: [TestEvent(["F": "x"], added: ["container.image.name": "library/nginx"])],
            no: [TestEvent(["F": "x"], added: ["container.image.name": "redis"])])
        table.add("keywords see members of arrays", "", ["evil"], yes: [["F": ["good", "evil"]]])
        table.add("keywords beyond ASCII", "", ["ÄRGER"], yes: [["F": "großer ärger"]])
        table.add(
            "keywords in values that are no UTF-8", "", ["evil"],
            yes: [["F": .bytes([0xFF, 0x65, 0x76, 0x69, 0x6C, 0xFE])]])
        table.add("keyword startswith", "|startswith", ["ev"], yes: [["F": "evil"]], no: [["F": "xev"]])
        table.add("keyword endswith", "|endswith", ["il"], yes: [["F": "evil"]], no: [["F": "ilx"]])
        table.add("keyword contains", "|contains", ["vi"], yes: [["F": "evil"]], no: [["F": "v"]])
        table.add("keyword re", "|re", ["^e.il$"], yes: [["F": "evil"]], no: [["F": "xevil"], ["F": "EVIL"]])
        table.add("keyword cased", "|cased", ["Evil"], yes: [["F": "xEvil"]], no: [["F": "evil"]])
        table.add(
            "keyword base64offset", "|base64offset|contains", ["foobar"], yes: [["F": "eGZvb2Jhcg=="]],
            no: [["F": "foobar"]])
        table.add(
            "keyword neq is nowhere", "|neq", ["evil"], yes: [["F": "good"], [:]], no: [["F": "good", "G": "evil"]])
        table.add(
            "keywords beside maps",
            rule(["s": .any([item("", ["evil"]), items(["F": ["x"], "G": ["y"]])])], .search("s")),
            yes: [["Z": "evil"], ["F": "x", "G": "y"]], no: [["F": "x"]])
        table.add(
            "not keywords",
            rule(
                ["keywords": item("", ["evil"]), "s": item("F", ["x"])],
                .and([.search("s"), .not(.search("keywords"))])), yes: [["F": "x"]], no: [["F": "x", "G": "evil"]])
        return table.cases
    }

    /// Conditions.
    static var conditions: [ConformanceCase] {
        var table = CaseTable()
        let searches: KeyValuePairs<String, Search> = [
            "a": item("A", ["1"]), "b": item("B", ["1"]), "c": item("C", ["1"]),
        ]
        let (a, b, c): (Condition, Condition, Condition) = (.search("a"), .search("b"), .search("c"))
        table.add("and", rule(searches, .and([a, b])), yes: [["A": 1, "B": 1]], no: [["A": 1], ["B": 1], [:]])
        table.add("or", rule(searches, .or([a, b])), yes: [["A": 1], ["B": 1], ["A": 1, "B": 1]], no: [["C": 1]])
        table.add("not", rule(searches, .not(a)), yes: [["B": 1], [:], ["A": 2]], no: [["A": 1]])
        table.add("not not", rule(searches, .not(.not(a))), yes: [["A": 1]], no: [["A": 2], [:]])
        table.add(
            "and binds before or", rule(searches, .or([a, .and([b, c])])), yes: [["A": 1], ["B": 1, "C": 1]],
            no: [["B": 1], ["C": 1]])
        table.add(
            "not binds before and", rule(searches, .and([.not(a), b])), yes: [["B": 1]],
            no: [["A": 1, "B": 1], ["C": 1], [:]])
        table.add(
            "not over parentheses", rule(searches, .not(.or([a, b]))), yes: [["C": 1], [:]], no: [["A": 1], ["B": 1]])
        table.add(
            "not over and", rule(searches, .not(.and([a, b]))), yes: [["A": 1], ["B": 1], [:]], no: [["A": 1, "B": 1]])
        table.add("1 of", rule(searches, .of(.any, ["a", "b", "c"])), yes: [["A": 1], ["C": 1]], no: [["D": 1]])
        table.add(
            "all of", rule(searches, .of(.all, ["a", "b", "c"])), yes: [["A": 1, "B": 1, "C": 1]],
            no: [["A": 1, "B": 1], [:]])
        table.add(
            "2 of", rule(searches, .of(.atLeast(2), ["a", "b", "c"])),
            yes: [["A": 1, "C": 1], ["A": 1, "B": 1, "C": 1]], no: [["A": 1], [:]])
        table.add(
            "not 1 of", rule(searches, .and([a, .not(.of(.any, ["b", "c"]))])), yes: [["A": 1], ["A": 1, "B": 2]],
            no: [["A": 1, "B": 1], [:]])
        table.add(
            "not all of", rule(searches, .and([a, .not(.of(.all, ["b", "c"]))])), yes: [["A": 1], ["A": 1, "B": 1]],
            no: [["A": 1, "B": 1, "C": 1], [:]])
        table.add(
            "several conditions are joined by or", rule(searches, .and([a, b]), c), yes: [["A": 1, "B": 1], ["C": 1]],
            no: [["A": 1], ["B": 1]])
        table.add(
            "identifiers that are prefixes of one another",
            rule(["sel": item("A", ["1"]), "sel1": item("B", ["1"])], .and([.search("sel"), .not(.search("sel1"))])),
            yes: [["A": 1]], no: [["B": 1], ["A": 1, "B": 1]])
        table.add(
            "identifiers that begin like operators",
            rule(
                ["not_a": item("A", ["1"]), "order": item("B", ["1"]), "_and": item("C", ["1"])],
                .and([.search("not_a"), .or([.search("order"), .search("_and")])])),
            yes: [["A": 1, "B": 1], ["A": 1, "C": 1]], no: [["B": 1], ["A": 1]])
        table.add(
            "a rule all of negations matches what lacks all", rule(searches, .and([.not(a), .not(b), .not(c)])),
            yes: [[:], ["D": 1]], no: [["A": 1], ["B": 1], ["C": 1]])
        table.add(
            "the same search twice", rule(searches, .or([.and([a, b]), .and([a, c])])), yes: [["A": 1, "C": 1]],
            no: [["A": 1], ["B": 1, "C": 1]])
        table.add(
            "null beside a negated search",
            rule(["s": item("A", ["1"]), "f": item("B", [nil])], .and([.search("s"), .not(.search("f"))])),
            yes: [["A": 1, "B": "x"], ["A": 1, "B": ""]], no: [["A": 1], ["A": 1, "B": nil]])
        table.add(
            "neq beside exists", rule(["s": items(["B|neq": ["x"], "B|exists": [true]])], .search("s")),
            yes: [["B": "y"], ["B": nil]], no: [["B": "x"], ["A": "x"]])
        table.add(
            "a selection and not 1 of its filters",
            rule(
                [
                    "selection": items(["Image|endswith": ["/python3"], "CommandLine|contains|all": ["-c", "import"]]),
                    "filter_a": item("ParentImage|endswith", ["/systemd"]), "filter_b": item("User", ["root"]),
                ], .and([.search("selection"), .not(.of(.any, ["filter_a", "filter_b"]))])),
            yes: [["Image": "/usr/bin/python3", "CommandLine": "python3 -c 'import pty'", "User": "web"]],
            no: [
                ["Image": "/usr/bin/python3", "CommandLine": "python3 -c 'import pty'", "User": "root"],
                ["Image": "/usr/bin/python3", "CommandLine": "python3 -c import", "ParentImage": "/lib/systemd"],
            ])
        return table.cases
    }

    /// Routing by log source.
    static var sources: [ConformanceCase] {
        var table = CaseTable()
        func from(_ product: String?, _ category: String?, _ service: String? = nil) -> TestEvent {
            TestEvent(source: LogSource(product: product, category: category, service: service), ["F": "x"])
        }
        func asks(_ source: RuleLogSource) -> Rule { rule("F", ["x"], logsource: source) }
        table.add(
            "a rule without log source sees everything", asks(RuleLogSource()),
            yes: [from(nil, nil), from("linux", "process_creation", "auditd")])
        table.add(
            "product", asks(RuleLogSource(product: "linux")),
            yes: [from("linux", nil), from("linux", "process_creation"), from("linux", nil, "auditd")],
            no: [from("windows", nil), from(nil, "process_creation"), from(nil, nil, "linux")])
        table.add(
            "category", asks(RuleLogSource(category: "process_creation")),
            yes: [
                from("linux", "process_creation"), from("windows", "process_creation", "sysmon"),
                from(nil, "process_creation"),
            ], no: [from("linux", nil), from("linux", "file_event"), from(nil, nil)])
        table.add(
            "product and category", asks(RuleLogSource(category: "process_creation", product: "linux")),
            yes: [from("linux", "process_creation"), from("linux", "process_creation", "auditd")],
            no: [from("windows", "process_creation"), from("linux", "file_event"), from("linux", nil)])
        table.add(
            "product and service", asks(RuleLogSource(product: "linux", service: "auditd")),
            yes: [from("linux", nil, "auditd"), from("linux", "process_creation", "auditd")],
            no: [from("linux", nil, "syslog"), from("linux", nil), from("windows", nil, "auditd")])
        table.add(
            "case of log sources does not count", asks(RuleLogSource(category: "Process_Creation", product: "Linux")),
            yes: [from("linux", "process_creation"), from("LINUX", "process_creation")])
        table.add(
            "registry_event is every registry category",
            asks(RuleLogSource(category: "registry_event", product: "windows")),
            yes: [
                from("windows", "registry_event"), from("windows", "registry_set"), from("windows", "registry_add"),
                from("windows", "registry_delete"), from("windows", "registry_rename"),
            ], no: [from("windows", "file_event"), from("linux", "registry_set")])
        table.add(
            "registry_set is only itself", asks(RuleLogSource(category: "registry_set")),
            yes: [from("windows", "registry_set")],
            no: [from("windows", "registry_event"), from("windows", "registry_add")])
        table.add("log sources are no wildcards", asks(RuleLogSource(product: "*")), no: [from("linux", nil)])
        table.add(
            "a negated rule is still routed",
            rule(["s": item("F", ["y"])], .not(.search("s")), logsource: RuleLogSource(product: "linux")),
            yes: [from("linux", nil)], no: [from("windows", nil)])
        return table.cases
    }
}
