// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension ConformanceCase {
    /// startswith, endswith, contains, windash, fieldref.
    static var matching: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "startswith", "F|startswith", ["ab"], yes: [["F": "abc"], ["F": "AB"]], no: [["F": "xab"], ["F": "a"]])
        table.add(
            "endswith", "F|endswith", ["/python3"], yes: [["F": "/usr/bin/python3"], ["F": "/python3"]],
            no: [["F": "/usr/bin/python3.11"], ["F": "python3"]])
        table.add(
            "contains", "F|contains", ["pty.spawn"],
            yes: [["F": "x import pty;PTY.spawn('/bin/sh')"], ["F": "pty.spawn"]],
            no: [["F": "ptyXspawn"], ["F": "pty"]])
        table.add("contains beyond ASCII", "F|contains", ["ÖL"], yes: [["F": "rohöl"]], no: [["F": "rohol"]])
        table.add(
            "contains in a long value", "F|contains", ["needle"],
            yes: [
                [
                    "F": EventValue(
                        text: String(repeating: "hay", count: 5000) + "NEEDLE" + String(repeating: "x", count: 100))
                ]
            ], no: [["F": EventValue(text: String(repeating: "needl", count: 5000))]])
        table.add("needles that overlap", "F|contains|all", ["aba", "bab"], yes: [["F": "abab"]], no: [["F": "aba"]])
        table.add("a needle inside another", "F|contains|all", ["abc", "b"], yes: [["F": "abc"]], no: [["F": "b"]])
        table.add(
            "startswith and endswith together are contains", "F|startswith|endswith", ["b"], yes: [["F": "abc"]],
            no: [["F": "ac"]])
        table.add("emoji", "F|contains", ["😀"], yes: [["F": "x😀y"]], no: [["F": "x😁y"]])
        table.add(
            "homoglyphs differ", "F|contains", ["p\u{430}ypal"], yes: [["F": "P\u{410}YPAL"]], no: [["F": "paypal"]])

        let dashes: [TestEvent] = [
            ["F": "x -enc"], ["F": "x /enc"], ["F": "x \u{2013}enc"], ["F": "x \u{2014}enc"], ["F": "x \u{2015}enc"],
        ]
        table.add(
            "windash takes any dash", "F|contains|windash", [" -enc"], yes: dashes,
            no: [["F": "x enc"], ["F": "x \u{2010}enc"], ["F": "x \u{2212}enc"]])
        table.add("windash before contains", "F|windash|contains", [" -enc"], yes: dashes, no: [["F": "x enc"]])
        table.add("windash takes a slash", "F|windash|contains", [" /enc"], yes: dashes)
        table.add(
            "windash permutes each dash", "F|windash|contains", [" -a -b"],
            yes: [["F": "x -a /b"], ["F": "x \u{2013}a -b"], ["F": "x /a /b"]], no: [["F": "x -a b"]])
        table.add(
            "windash leaves inner dashes", "F|windash", ["-param-name"],
            yes: [["F": "/param-name"], ["F": "-param-name"]], no: [["F": "-param/name"]])
        table.add(
            "windash leaves a dash before no word", "F|windash", ["a - b"], yes: [["F": "a - b"]], no: [["F": "a / b"]])
        table.add(
            "windash leaves the first of two dashes", "F|windash", ["--help"], yes: [["F": "--help"], ["F": "-/help"]],
            no: [["F": "/-help"], ["F": "//help"]])
        table.add(
            "windash changes a path's first slash", "F|windash", ["/etc/passwd"], yes: [["F": "-etc/passwd"]],
            no: [["F": "/etc-passwd"]])
        table.add(
            "windash leaves other dashes of the rule", "F|windash", ["\u{2013}x"], yes: [["F": "\u{2013}x"]],
            no: [["F": "-x"]])
        table.add(
            "windash after a wildcard", "F|windash", ["*-x"], yes: [["F": "a/x"], ["F": "/x"]], no: [["F": "ax"]])
        table.add("windash before letters beyond ASCII", "F|windash", ["-ä"], yes: [["F": "/Ä"]])
        table.add(
            "windash under all", "F|contains|all|windash", [" -a", " -b"], yes: [["F": "x /b -a"]], no: [["F": "x /b"]])

        table.add(
            "fieldref compares two fields", "F|fieldref", ["G"], yes: [["F": "a", "G": "a"], ["F": "a", "G": "A"]],
            no: [["F": "a", "G": "b"], ["F": "G", "H": "x"]])
        table.add(
            "fieldref wants both", "F|fieldref", ["G"], no: [["F": "a"], ["G": "a"], ["H": "a"], ["F": nil, "G": nil]])
        table.add(
            "fieldref neq wants both, and different", "F|fieldref|neq", ["G"], yes: [["F": "a", "G": "b"]],
            no: [["F": "a", "G": "A"], ["F": "a"], ["G": "a"], ["F": "a", "G": nil]])
        table.add(
            "neq before fieldref", "F|neq|fieldref", ["G"], yes: [["F": "a", "G": "b"]],
            no: [["F": "a", "G": "a"], ["F": "a"]])
        table.add(
            "fieldref neq with a list wants all there and none equal", "F|fieldref|neq", ["G", "H"],
            yes: [["F": "a", "G": "b", "H": "c"]], no: [["F": "a", "G": "b", "H": "a"], ["F": "a", "G": "b"]])
        table.add(
            "fieldref with a list", "F|fieldref", ["G", "H"],
            yes: [["F": "a", "H": "a"], ["F": "a", "G": "b", "H": "a"]], no: [["F": "a", "G": "b"]])
        table.add(
            "fieldref cased", "F|fieldref|cased", ["G"], yes: [["F": "aB", "G": "aB"]], no: [["F": "aB", "G": "ab"]])
        table.add("fieldref beyond ASCII", "F|fieldref", ["G"], yes: [["F": "Ä", "G": "ä"]])
        table.add(
            "fieldref contains", "F|fieldref|contains", ["G"], yes: [["F": "xaBx", "G": "Ab"]],
            no: [["F": "ab", "G": "xab"]])
        table.add(
            "fieldref startswith", "F|fieldref|startswith", ["G"], yes: [["F": "abx", "G": "AB"]],
            no: [["F": "xab", "G": "ab"]])
        table.add(
            "fieldref endswith", "F|fieldref|endswith", ["G"], yes: [["F": "xab", "G": "AB"]],
            no: [["F": "abx", "G": "ab"]])
        table.add(
            "fieldref takes wildcards of a value for themselves", "F|fieldref", ["G"], yes: [["F": "a*", "G": "a*"]],
            no: [["F": "abc", "G": "a*"]])
        table.add(
            "fieldref compares texts of any kind", "F|fieldref", ["G"],
            yes: [["F": 42, "G": "42"], ["F": true, "G": "True"]], no: [["F": "42.0", "G": 42]])
        table.add(
            "fieldref compares numbers by value", "F|fieldref", ["G"], yes: [["F": 42, "G": 42.0]],
            no: [["F": 42, "G": 43]])
        table.add(
            "fieldref over arrays takes any pair", "F|fieldref", ["G"], yes: [["F": ["a", "b"], "G": ["c", "b"]]],
            no: [["F": ["a"], "G": ["b", "c"]]])
        table.add(
            "fieldref of empty values", "F|fieldref", ["G"], yes: [["F": "", "G": ""]],
            no: [["F": "", "G": nil], ["F": "", "G": "x"]])
        table.add("fieldref over objects never holds", "F|fieldref", ["G"], no: [["F": .container, "G": .container]])
        return table.cases
    }

    /// Encodings.
    static var encodings: [ConformanceCase] {
        var table = CaseTable()
        // printf '%s' 'foo' | base64 = Zm9v
        table.add(
            "base64 is the value encoded", "F|base64", ["foo"], yes: [["F": "Zm9v"]],
            no: [["F": "foo"], ["F": "xZm9v"]])
        table.add(
            "base64 with contains", "F|base64|contains", ["/bin/sh"], yes: [["F": "x L2Jpbi9zaA== y"]],
            no: [["F": "/bin/sh"]])
        table.add(
            "base64 keeps its padding", "F|base64|contains", ["fooo"], yes: [["F": "Zm9vbw=="]], no: [["F": "Zm9vbwAA"]]
        )
        table.add("base64 compares without case unless cased", "F|base64", ["foo"], yes: [["F": "zM9V"]])
        table.add("base64 cased", "F|base64|cased", ["foo"], yes: [["F": "Zm9v"]], no: [["F": "zM9V"]])
        table.add(
            "base64 resolves escapes first", "F|base64", [#"a\*b"#], yes: [["F": "YSpi"]], no: [["F": "YVwqYg=="]])
        // base64 of: "foobar", "xfoobar", "xxfoobar", "xxxfoobarxx", "xfoobarx"
        table.add(
            "base64offset finds all three alignments", "F|base64offset|contains", ["foobar"],
            yes: [
                ["F": "Zm9vYmFy"], ["F": "eGZvb2Jhcg=="], ["F": "eHhmb29iYXI="], ["F": "eHh4Zm9vYmFyeHg="],
                ["F": "eGZvb2Jhcng="], ["F": "eHhmb29iYXJ4"],
            ],
            no: [["F": "foobar"], ["F": "Zm9vYmF6"]])
        table.add(
            "base64offset does not count on the last character", "F|base64offset|contains|cased", ["abcd"],
            yes: [
                ["F": "YWJjZA=="], ["F": "YWJjZGU="], ["F": "YWJjZP8="], ["F": "eGFiY2Q="], ["F": "eGFiY2R5"],
                ["F": "eHhhYmNkeg=="], ["F": "eHhhYmNk"],
            ],
            no: [["F": "YWJj"]])
        table.add(
            "base64offset of one letter matches no more than it must", "F|base64offset|contains|cased", ["a"],
            no: [["F": "zzz"], ["F": ""], ["G": "x"]])
        table.add(
            "base64offset alone wants the whole value", "F|base64offset", ["foobar"], yes: [["F": "Zm9vYmFy"]],
            no: [["F": "Zm9vYmFyeHg="]])
        table.add(
            "base64offset beyond ASCII counts bytes", "F|base64offset|contains", ["é"],
            yes: [["F": "w6k="], ["F": "eMOp"]])

        let wide = EventValue.bytes([0x63, 0, 0x6D, 0, 0x64, 0])
        let big = EventValue.bytes([0, 0x63, 0, 0x6D, 0, 0x64])
        let marked = EventValue.bytes([0xFF, 0xFE, 0x63, 0, 0x6D, 0, 0x64, 0])
        table.add(
            "wide is UTF-16 little endian", "F|wide", ["cmd"],
            yes: [["F": wide], ["F": .bytes([0x43, 0, 0x4D, 0, 0x44, 0])]],
            no: [["F": "cmd"], ["F": big], ["F": marked]])
        table.add("utf16le is wide", "F|utf16le", ["cmd"], yes: [["F": wide]], no: [["F": "cmd"], ["F": big]])
        table.add("utf16be", "F|utf16be", ["cmd"], yes: [["F": big]], no: [["F": "cmd"], ["F": wide]])
        table.add("utf16 has a mark", "F|utf16", ["cmd"], yes: [["F": marked]], no: [["F": wide], ["F": "cmd"]])
        table.add(
            "wide with contains", "F|wide|contains", ["cmd"], yes: [["F": marked], ["F": wide]], no: [["F": "cmd"]])
        table.add("wide keeps wildcards", "F|wide", ["c*d"], yes: [["F": wide]], no: [["F": "cmd"]])
        table.add("wide beyond ASCII", "F|wide|base64", ["é"], yes: [["F": "6QA="]], no: [["F": "w6k="]])
        table.add("wide beyond the first plane", "F|wide|base64", ["😀"], yes: [["F": "PdgA3g=="]])
        table.add("utf16 then base64 encodes the mark", "F|utf16|base64", ["a"], yes: [["F": "//5hAA=="]])
        table.add(
            "wide, base64offset, contains", "F|wide|base64offset|contains", ["IEX"],
            yes: [["F": "powershell -enc SQBFAFgA"], ["F": "-e IABJAEUAWAAgAA=="], ["F": "-e KABJAEUAWAA="]],
            no: [["F": "-enc SUVY"], ["F": "IEX"]])
        table.add(
            "utf16be, base64offset, contains", "F|utf16be|base64offset|contains", ["cmd"], yes: [["F": "x AGMAbQBk y"]],
            no: [["F": "YwBtAGQA"]])
        table.add(
            "encodings under all", "F|base64|contains|all", ["foo", "bar"], yes: [["F": "Zm9v YmFy"]],
            no: [["F": "Zm9v"]])
        table.add(
            "wide with windash", "F|windash|wide|base64", ["-x"],
            yes: [["F": "LQB4AA=="], ["F": "LwB4AA=="], ["F": "EyB4AA=="]])
        return table.cases
    }
}
