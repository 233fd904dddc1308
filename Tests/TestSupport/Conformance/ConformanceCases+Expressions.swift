// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension ConformanceCase {
    /// Regular expressions, networks, dates.
    static var expressions: [ConformanceCase] {
        var table = CaseTable()
        table.add("re is unanchored", "F|re", ["b.d"], yes: [["F": "abcde"], ["F": "bcd"]], no: [["F": "bd"]])
        table.add("re respects case", "F|re", ["abc"], yes: [["F": "xabcx"]], no: [["F": "ABC"]])
        table.add("re with i", "F|re|i", ["ABC"], yes: [["F": "xabcx"], ["F": "AbC"]], no: [["F": "ab"]])
        table.add("re with i beyond ASCII", "F|re|i", ["Ä"], yes: [["F": "ä"]])
        table.add("re with ignorecase", "F|re|ignorecase", ["ABC"], yes: [["F": "abc"]])
        table.add("re with an inline flag", "F|re", ["(?i)abc"], yes: [["F": "ABC"]])
        table.add(
            "re anchors are the value's", "F|re", ["^abc$"], yes: [["F": "abc"], ["F": "abc\n"]],
            no: [["F": "xabc"], ["F": "x\nabc"], ["F": "abc\nx"]])
        table.add(
            "re with m anchors at lines", "F|re|m", ["^abc$"], yes: [["F": "x\nabc\ny"], ["F": "abc"]],
            no: [["F": "xabc"]])
        table.add("re with multiline", "F|re|multiline", ["^abc$"], yes: [["F": "x\nabc"]])
        table.add("a dot is no newline", "F|re", ["a.c"], yes: [["F": "abc"], ["F": "a\rc"]], no: [["F": "a\nc"]])
        table.add("re with s, a dot is a newline", "F|re|s", ["a.c"], yes: [["F": "a\nc"]])
        table.add("re with dotall", "F|re|dotall", ["a.c"], yes: [["F": "a\nc"]])
        table.add("re with several flags", "F|re|i|m|s", ["^A.C$"], yes: [["F": "x\na\nc\ny"]])
        table.add(
            "a dot is one scalar", "F|re", ["^a.c$"], yes: [["F": "a€c"], ["F": "a😀c"]], no: [["F": "ae\u{301}c"]])
        table.add(
            "re backslashes are the expression's", "F|re", [#"\\cmd\.exe$"#], yes: [["F": #"c:\cmd.exe"#]],
            no: [["F": #"c:\cmdxexe"#], ["F": "cmd.exe"]])
        table.add(
            "re stars are no wildcards", "F|re", ["^ab*c?$"], yes: [["F": "a"], ["F": "abbbc"]], no: [["F": "axc"]])
        table.add(
            "re classes", "F|re", [#"^\w+\s\d{2,3}\b"#], yes: [["F": "abc 123"], ["F": "a_9\t12 x"]],
            no: [["F": "abc 1"], ["F": "a-c 123"], ["F": "abc 1234"]])
        table.add(
            "re classes are ASCII", "F|re", [#"^\w+$"#], yes: [["F": "abc"]], no: [["F": "äbc"], ["F": "\u{661}"]])
        table.add(
            "re word boundaries are ASCII", "F|re", [#"\bcmd\b"#], yes: [["F": "äcmdä"], ["F": "x cmd."]],
            no: [["F": "xcmd"]])
        table.add(
            "re negated classes", "F|re", [#"^[^\d\W]\D\S$"#], yes: [["F": "abc"]],
            no: [["F": "1bc"], ["F": "a1c"], ["F": "ab "]])
        table.add("re brackets within brackets", "F|re", ["^[[x]+$"], yes: [["F": "[x["]], no: [["F": "a"]])
        table.add(
            "re alternation and groups", "F|re", ["^(?:a|b(c|d))e$"], yes: [["F": "ae"], ["F": "bde"]],
            no: [["F": "be"]])
        table.add("re lazy quantifiers", "F|re", ["^a.+?b$"], yes: [["F": "axbxb"]], no: [["F": "ab"]])
        table.add(
            "re braces that count nothing", "F|re", [#"\$\{env:|a{b"#], yes: [["F": "x${env:y"], ["F": "a{b"]],
            no: [["F": "env"]])
        table.add(
            "re of an empty expression finds every value", "F|re", [""], yes: [["F": ""], ["F": "x"], ["F": 5]],
            no: [["F": nil], ["G": "x"]])
        table.add("re over a list", "F|re", ["^a", "z$"], yes: [["F": "ab"], ["F": "yz"]], no: [["F": "ba"]])
        table.add(
            "re over numbers and booleans", "F|re", ["^4[0-9]{3}$|^true$"], yes: [["F": 4625], ["F": true]],
            no: [["F": 5]])
        table.add("re over an array", "F|re", ["^b"], yes: [["F": ["a", "b"]]], no: [["F": ["a", "cb"]]])
        table.add(
            "re does not span a stray byte", "F|re", ["a.c"], yes: [["F": .bytes([0xFF, 0x61, 0x62, 0x63, 0xFF])]],
            no: [["F": .bytes([0x61, 0xFF, 0x63])]])
        table.add(
            "re never sees null", "F|re", [".*"], yes: [["F": ""]], no: [["F": nil], ["G": "x"], ["F": .container]])

        table.add(
            "cidr v4", "F|cidr", ["10.0.0.0/8"], yes: [["F": "10.0.0.0"], ["F": "10.255.255.255"]],
            no: [
                ["F": "11.0.0.0"], ["F": "9.255.255.255"], ["F": "10.0.0.0/8"], ["F": "10.1.1"], ["F": "x10.1.1.1"],
                ["F": ""], ["G": "10.1.1.1"],
            ])
        table.add(
            "cidr v4 inside a byte", "F|cidr", ["172.16.0.0/12"], yes: [["F": "172.31.255.255"], ["F": "172.16.0.1"]],
            no: [["F": "172.32.0.0"], ["F": "172.15.255.255"]])
        table.add(
            "cidr of one address", "F|cidr", ["192.0.2.1/32"], yes: [["F": "192.0.2.1"]], no: [["F": "192.0.2.2"]])
        table.add(
            "cidr without a length is one address", "F|cidr", ["192.0.2.1"], yes: [["F": "192.0.2.1"]],
            no: [["F": "192.0.2.2"]])
        table.add(
            "cidr of everything", "F|cidr", ["0.0.0.0/0"], yes: [["F": "255.255.255.255"], ["F": "0.0.0.0"]],
            no: [["F": "::1"], ["F": "host"]])
        table.add(
            "cidr v6", "F|cidr", ["fe80::/10"], yes: [["F": "fe80::1"], ["F": "FE80:0:0:0::1"], ["F": "febf::"]],
            no: [["F": "fec0::1"], ["F": "::1"], ["F": "10.0.0.1"]])
        table.add("cidr v6 with a zone", "F|cidr", ["fe80::/10"], yes: [["F": "fe80::1%eth0"], ["F": "fe80::1%12"]])
        table.add(
            "cidr v6 of one address", "F|cidr", ["::1/128"], yes: [["F": "::1"], ["F": "0:0:0:0:0:0:0:1"]],
            no: [["F": "::2"]])
        table.add(
            "cidr v6 inside a byte", "F|cidr", ["2001:db8::/33"], yes: [["F": "2001:db8:7fff::"]],
            no: [["F": "2001:db8:8000::"]])
        table.add(
            "a mapped address is a v4 address", "F|cidr", ["10.0.0.0/8"],
            yes: [["F": "::ffff:10.1.2.3"], ["F": "::ffff:0a01:203"]],
            no: [["F": "::ffff:11.1.2.3"], ["F": "::10.1.2.3"]])
        table.add(
            "a mapped network is a v4 network", "F|cidr", ["::ffff:10.0.0.0/104"],
            yes: [["F": "10.1.2.3"], ["F": "::ffff:10.1.2.3"]], no: [["F": "11.0.0.1"]])
        table.add(
            "a v6 network holds no v4 address", "F|cidr", ["::/0"], yes: [["F": "2001:db8::1"]],
            no: [["F": "10.1.2.3"], ["F": "::ffff:10.1.2.3"]])
        table.add(
            "cidr takes any of a list", "F|cidr", ["10.0.0.0/8", "fc00::/7"],
            yes: [["F": "10.1.1.1"], ["F": "fd00::1"]], no: [["F": "8.8.8.8"]])
        table.add(
            "cidr over an array", "F|cidr", ["10.0.0.0/8"], yes: [["F": ["8.8.8.8", "10.9.9.9"]]],
            no: [["F": ["8.8.8.8"]]])
        table.add(
            "addresses with leading zeros are none", "F|cidr", ["10.0.0.0/8"],
            no: [["F": "010.1.1.1"], ["F": "10.01.1.1"], ["F": "10.256.1.1"], ["F": " 10.1.1.1"]])

        let moment: TestEvent = ["F": "2024-12-30T23:05:09.123Z"]
        table.add(
            "minute", "F|minute", [5], yes: [moment],
            no: [["F": "2024-12-30T23:06:09Z"], ["F": "5"], ["F": 5], ["G": "x"]])
        table.add(
            "hour as it is written", "F|hour", [23],
            yes: [moment, ["F": "2024-12-30 23:05:09+05:00"], ["F": "2024-12-30T23:05:09"]],
            no: [["F": "2024-12-30T22:05:09-01:00"]])
        table.add("day", "F|day", [30], yes: [moment], no: [["F": "2024-12-31T00:00:00Z"]])
        table.add(
            "week is ISO 8601's", "F|week", [1],
            yes: [moment, ["F": "2026-01-01T00:00:00Z"], ["F": "2024-01-01T00:00:00Z"]],
            no: [["F": "2023-01-01T00:00:00Z"], ["F": "2027-01-01T00:00:00Z"]])
        table.add(
            "week 53", "F|week", [53], yes: [["F": "2027-01-01T00:00:00Z"], ["F": "2020-12-31T00:00:00Z"]],
            no: [["F": "2024-12-31T00:00:00Z"]])
        table.add("month", "F|month", [12], yes: [moment], no: [["F": "2024-11-30T23:05:09Z"]])
        table.add("year", "F|year", [2024], yes: [moment], no: [["F": "2025-12-30T23:05:09Z"]])
        table.add("a part of a list", "F|hour", [22, 23], yes: [moment], no: [["F": "2024-12-30T21:05:09Z"]])
        table.add(
            "a part compared", "F|hour|gte", [20], yes: [moment], no: [["F": "2024-12-30T19:59:59Z"], ["F": "x"]])
        table.add(
            "a part that differs", "F|hour|neq", [23], yes: [["F": "2024-12-30T22:05:09Z"], ["G": "x"]], no: [moment])
        table.add(
            "what is no date has no parts", "F|day", [30], yes: [["F": "2024-04-30T00:00:00Z"]],
            no: [
                ["F": "2024-12-30"], ["F": "30"], ["F": "2024-13-30T00:00:00Z"], ["F": "x2024-12-30T00:00:00Z"],
                ["F": "2024-12-30T00:00:00Zx"], ["F": "2024-12-30T24:00:00Z"], ["F": "2024-02-30T00:00:00Z"],
            ])
        return table.cases
    }
}
