// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension ConformanceCase {
    /// Null, missing, empty, exists, and a lone star.
    static var specialValues: [ConformanceCase] {
        var table = CaseTable()
        let missing: TestEvent = ["G": "x"]
        let null: TestEvent = ["F": nil]
        let empty: TestEvent = ["F": ""]
        let text: TestEvent = ["F": "x"]
        let zero: TestEvent = ["F": 0]
        let object: TestEvent = ["F": .container, "F.a": "x"]
        table.add(
            "null is missing or null", "F", [nil], yes: [missing, null, ["F": ["a", nil]]],
            no: [empty, text, zero, object])
        table.add(
            "an empty string is empty, not null", "F", [""], yes: [empty, ["F": ["a", ""]]],
            no: [missing, null, text, zero, object])
        table.add(
            "exists asks for presence only", "F|exists", [true], yes: [null, empty, text, zero, object], no: [missing])
        table.add(
            "exists false asks for absence", "F|exists", [false], yes: [missing], no: [null, empty, text, zero, object])
        table.add(
            "a lone star is any value that is there", "F", ["*"], yes: [empty, text, zero, object, ["F": [nil, "a"]]],
            no: [missing, null])
        table.add("two stars are one", "F", ["**"], yes: [empty, text, object], no: [missing, null])
        table.add(
            "contains nothing is a lone star", "F|contains", [""], yes: [empty, text, zero, object],
            no: [missing, null])
        table.add("startswith nothing is a lone star", "F|startswith", [""], yes: [empty, text], no: [missing, null])
        table.add(
            "a lone question mark is one character", "F", ["?"], yes: [text, zero], no: [missing, null, empty, object])
        table.add(
            "an escaped lone star is a star", "F", [#"\*"#], yes: [["F": "*"]], no: [text, empty, missing, object])
        table.add("the word null is not null", "F", ["null"], yes: [["F": "NULL"]], no: [missing, null, empty])
        table.add("an object equals nothing", "F", ["x"], no: [object, ["F": .container]])
        table.add("an object is not empty text", "F", [""], no: [["F": .container]])
        table.add("fields inside an object are fields", "F.a", ["x"], yes: [object])
        table.add(
            "null in a list of maps", rule(["s": .any([item("F", [nil]), item("F", [""])])], .search("s")),
            yes: [missing, null, empty], no: [text])
        table.add(
            "not null is present", rule(["s": item("F", [nil])], .not(.search("s"))), yes: [empty, text, object],
            no: [missing, null])
        table.add(
            "an absent field fails whatever is asked",
            rule(["s": items(["F|contains": ["x"], "G": ["x"]])], .search("s")), yes: [["F": "x", "G": "x"]],
            no: [missing])
        table.add(
            "not over a missing field holds", rule(["s": item("F", ["x"])], .not(.search("s"))),
            yes: [missing, null, empty, zero], no: [text])
        table.add(
            "not over contains on null holds", rule(["s": item("F|contains", ["x"])], .not(.search("s"))),
            yes: [missing, null], no: [["F": "axb"]])
        table.add("null text does not match contains", "F|contains", ["u"], no: [null, missing])
        table.add("cased null is null", "F|cased", [nil], yes: [missing, null], no: [text])
        return table.cases
    }

    /// Numbers, booleans and their texts.
    static var numbers: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "a number is its text", "F", [42], yes: [["F": 42], ["F": "42"]],
            no: [["F": 43], ["F": "42 "], ["F": "042"], ["F": "0x2a"], ["F": "a42"]])
        table.add("text is the number's", "F", ["42"], yes: [["F": 42], ["F": "42"]], no: [["F": 420], ["F": "42.0"]])
        table.add(
            "a whole number equals a float of its value", "F", [42],
            yes: [["F": 42.0], ["F": EventValue(.float, Array("4.2e1".utf8))]], no: [["F": 42.5]])
        table.add(
            "a float equals a whole number of its value", "F", [42.0], yes: [["F": 42], ["F": 42.0]], no: [["F": 41]])
        table.add(
            "a float equals other writings of it", "F", [1.5],
            yes: [["F": 1.5], ["F": EventValue(.float, Array("1.50".utf8))], ["F": "1.5"]],
            no: [["F": "1.50"], ["F": 1]])
        table.add("a string is no number by value", "F", [42], no: [["F": "42.0"], ["F": "4.2e1"], ["F": "+42"]])
        table.add("negative numbers", "F", [-1], yes: [["F": -1], ["F": "-1"], ["F": -1.0]], no: [["F": 1]])
        table.add(
            "zero is not absent", "F", [0], yes: [["F": 0], ["F": "0"], ["F": 0.0]],
            no: [["F": ""], ["F": nil], ["F": false], ["G": 0]])
        table.add(
            "large whole numbers are exact", "F", [9_007_199_254_740_993], yes: [["F": 9_007_199_254_740_993]],
            no: [["F": 9_007_199_254_740_992]])
        table.add(
            "the largest number", "F", [9_223_372_036_854_775_807],
            yes: [["F": 9_223_372_036_854_775_807], ["F": "9223372036854775807"]],
            no: [["F": EventValue(.integer, Array("18446744073709551615".utf8))]])
        table.add(
            "numbers beyond 64 bits are text still", "F", ["18446744073709551615"],
            yes: [["F": EventValue(.integer, Array("18446744073709551615".utf8))]])
        table.add("a number is not found inside others", "F", [4], no: [["F": 42], ["F": "4625"]])
        table.add("contains works on a number's text", "F|contains", ["62"], yes: [["F": 4625]], no: [["F": 42]])
        table.add(
            "a number under contains is its text", "F|contains", [62], yes: [["F": 4625], ["F": "x62"]], no: [["F": 42]]
        )
        table.add(
            "a wildcard works on a number's text", "F", ["46?5"], yes: [["F": 4625], ["F": "4635"]], no: [["F": 465]])
        table.add(
            "true is a boolean and its text", "F", [true],
            yes: [["F": true], ["F": "true"], ["F": "True"], ["F": "TRUE"]],
            no: [["F": false], ["F": 1], ["F": "1"], ["F": "yes"], ["G": true]])
        table.add(
            "false is a boolean and its text", "F", [false], yes: [["F": false], ["F": "FALSE"]],
            no: [["F": true], ["F": 0], ["F": ""], ["F": nil], ["G": "x"]])
        table.add(
            "the text true is the boolean's", "F", ["TRUE"], yes: [["F": true], ["F": "true"]], no: [["F": false]])
        table.add(
            "a number in a list of strings", "F", ["a", 7], yes: [["F": "7"], ["F": 7], ["F": "A"]], no: [["F": 8]])
        table.add(
            "numbers against an array", "F", [2], yes: [["F": [1, 2, 3]], ["F": ["1", "2"]]], no: [["F": [1, 3]]])
        table.add(
            "a hexadecimal argument is text", "a0", [40000], yes: [["a0": "40000"]],
            no: [["a0": "0x40000"], ["a0": "4e20"]])

        table.add(
            "lt", "F|lt", [10], yes: [["F": 9], ["F": "9"], ["F": 9.9], ["F": -100]],
            no: [["F": 10], ["F": 11], ["F": "abc"], ["F": nil], ["F": ""], ["G": 1]])
        table.add("lte", "F|lte", [10], yes: [["F": 10], ["F": 10.0], ["F": "10"]], no: [["F": 11], ["F": 10.1]])
        table.add(
            "gt", "F|gt", [10], yes: [["F": 11], ["F": "100"], ["F": 10.5], ["F": "1e2"]],
            no: [["F": 10], ["F": "9"], ["F": "2"]])
        table.add("gte", "F|gte", [10], yes: [["F": 10], ["F": "10.0"]], no: [["F": 9], ["F": 9.99]])
        table.add("a float bound", "F|gt", [1.5], yes: [["F": 2], ["F": "1.6"]], no: [["F": 1], ["F": 1.5]])
        table.add(
            "comparison is numeric, not by text", "F|gt", [9], yes: [["F": "10"]],
            no: [["F": "1000x"], ["F": " 10"], ["F": "0x10"], ["F": true], ["F": "inf"], ["F": "nan"]])
        table.add(
            "comparison with negative numbers", "F|lt", [-5], yes: [["F": -6], ["F": "-6"]], no: [["F": -5], ["F": 5]])
        table.add("comparison against an array", "F|gt", [5], yes: [["F": [1, 9]]], no: [["F": [1, 2]]])
        table.add("comparison takes any of a list", "F|gt", [100, 5], yes: [["F": 6]], no: [["F": 5]])
        table.add(
            "large whole numbers compare exactly", "F|gt", [9_007_199_254_740_992], yes: [["F": 9_007_199_254_740_993]],
            no: [["F": 9_007_199_254_740_992]])
        table.add(
            "numbers beyond 64 bits compare", "F|gt", [9_223_372_036_854_775_807],
            yes: [["F": EventValue(.integer, Array("18446744073709551615".utf8))]])
        table.add(
            "a comparison of a missing field fails, negated or not",
            rule(["a": item("F|lt", [5]), "b": item("F|gte", [5])], .or([.search("a"), .search("b")])),
            yes: [["F": 5], ["F": 4]], no: [["G": 5], ["F": "x"], ["F": nil]])
        return table.cases
    }

    /// Lists, maps, arrays.
    static var collections: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "a list is any of its values", "F", ["a", "b"], yes: [["F": "a"], ["F": "B"]],
            no: [["F": "c"], ["F": "ab"]])
        table.add(
            "a map is all of its items", rule(["s": items(["F": ["a"], "G": ["b"]])], .search("s")),
            yes: [["F": "a", "G": "b"]], no: [["F": "a"], ["G": "b"], ["F": "b", "G": "a"]])
        table.add(
            "a list of maps is any of them",
            rule(["s": .any([items(["F": ["a"], "G": ["b"]]), items(["H": ["c"]])])], .search("s")),
            yes: [["H": "c"], ["F": "a", "G": "b"]], no: [["F": "a"], ["F": "a", "H": "b"]])
        table.add("an empty map holds always", rule(["s": .all([])], .search("s")), yes: [["F": "a"], [:]])
        table.add("an empty list of maps never holds", rule(["s": .any([])], .search("s")), no: [["F": "a"], [:]])
        table.add("an empty list of values never holds", "F", [], no: [["F": "a"], ["F": nil], ["G": "a"]])
        table.add("an empty list under all always holds", "F|all", [], yes: [["F": "a"], ["G": "a"]])
        table.add("an empty list under neq always holds", "F|neq", [], yes: [["F": "a"], ["G": "a"]])
        table.add(
            "all wants every value", "F|contains|all", ["a", "b"], yes: [["F": "xbxax"]],
            no: [["F": "a"], ["F": "b"], ["G": "ab"]])
        table.add("all before contains", "F|all|contains", ["a", "b"], yes: [["F": "ba"]], no: [["F": "a"]])
        table.add(
            "all over endswith and startswith",
            rule(["s": items(["F|startswith|all": ["a", "ab"], "F|endswith": ["z"]])], .search("s")),
            yes: [["F": "abz"]],
            no: [["F": "az"], ["F": "ab"]])
        table.add(
            "all over expressions", "F|re|all", ["a.c", "^x"], yes: [["F": "xabc"]], no: [["F": "abc"], ["F": "x"]])
        table.add(
            "the same field twice in a map",
            rule(["s": items(["F|contains": ["a"], "F|endswith": ["z"]])], .search("s")), yes: [["F": "az"]],
            no: [["F": "za"], ["F": "z"]])
        table.add(
            "an array matches if a member does", "F", ["b"], yes: [["F": ["a", "b"]]],
            no: [["F": ["a", "c"]], ["F": ["ab"]]])
        table.add(
            "all may be met by different members", "F|contains|all", ["a", "b"], yes: [["F": ["xa", "bx"]]],
            no: [["F": ["xa", "ax"]]])
        table.add(
            "two items may be met by different members",
            rule(["s": items(["F|contains": ["a"], "F|startswith": ["b"]])], .search("s")), yes: [["F": ["xa", "bx"]]])
        table.add(
            "members of several kinds", "F", [5], yes: [["F": ["x", nil, 5]], ["F": [.container, 5]]],
            no: [["F": ["x", nil, true, .container]]])
        table.add(
            "an array of objects", "spec.containers.securityContext.privileged", [true],
            yes: [["spec.containers": .container, "spec.containers.securityContext.privileged": [false, true]]],
            no: [["spec.containers.securityContext.privileged": [false, false]]])
        table.add(
            "a field that stands twice is an array", "F", ["a"],
            yes: [["F": "b", "F": "a"]].map { (event: KeyValuePairs<String, EventValue>) in TestEvent(event) })
        table.add(
            "what enrichment added counts", "container.id", ["abc"],
            yes: [TestEvent(["Image": "x"], added: ["container.id": "ABC"])],
            no: [TestEvent(["Image": "x"], added: ["container.id": "d"])])
        table.add(
            "enrichment adds members", "F|neq", ["a"], yes: [TestEvent(["F": "b"], added: ["F": "c"])],
            no: [TestEvent(["F": "b"], added: ["F": "a"])])

        table.add("neq differs", "F|neq", ["a"], yes: [["F": "b"], ["F": ""], ["F": 5]], no: [["F": "a"], ["F": "A"]])
        table.add("neq holds of a missing field", "F|neq", ["a"], yes: [["G": "a"], ["F": nil]])
        table.add(
            "neq with a list differs from every value", "F|neq", ["a", "b"], yes: [["F": "c"]],
            no: [["F": "a"], ["F": "b"]])
        table.add(
            "neq over an array wants no member equal", "F|neq", ["a"], yes: [["F": ["b", "c"]]],
            no: [["F": ["b", "a"]]])
        table.add(
            "neq with all negates the whole", "F|contains|all|neq", ["a", "b"],
            yes: [["F": "a"], ["F": "x"], ["G": "x"]], no: [["F": "ab"]])
        table.add("neq with contains", "F|contains|neq", ["a"], yes: [["F": "xyz"], ["G": "a"]], no: [["F": "xAz"]])
        table.add("neq before contains", "F|neq|contains", ["a"], yes: [["F": "xyz"]], no: [["F": "xAz"]])
        table.add(
            "neq with numbers", "F|neq", [5], yes: [["F": 6], ["F": "x"], ["G": 5]],
            no: [["F": 5], ["F": "5"], ["F": 5.0]])
        table.add(
            "neq with null is present", "F|neq", [nil], yes: [["F": "a"], ["F": ""]], no: [["F": nil], ["G": "a"]])
        table.add(
            "neq with an empty string", "F|neq", [""], yes: [["F": "a"], ["F": nil], ["G": "a"]], no: [["F": ""]])
        table.add(
            "neq with a lone star is absent or null", "F|neq", ["*"], yes: [["G": "a"], ["F": nil]],
            no: [["F": ""], ["F": "a"]])
        table.add("neq with an expression", "F|re|neq", ["a.c"], yes: [["F": "ac"], ["G": "x"]], no: [["F": "abc"]])
        table.add(
            "neq with cidr", "F|cidr|neq", ["10.0.0.0/8"], yes: [["F": "11.0.0.1"], ["F": "host"], ["G": "x"]],
            no: [["F": "10.1.1.1"]])
        table.add("neq with cased", "F|cased|neq", ["A"], yes: [["F": "a"]], no: [["F": "A"]])
        table.add(
            "neq under not", rule(["s": item("F|neq", ["a"])], .not(.search("s"))), yes: [["F": "a"]],
            no: [["F": "b"], ["G": "a"]])
        return table.cases
    }
}
