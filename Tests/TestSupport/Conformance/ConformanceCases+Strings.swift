// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension ConformanceCase {
    /// Equality, case, escapes.
    static var strings: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "a string is the whole value", "F", ["abc"], yes: [["F": "abc"]],
            no: [["F": "abcd"], ["F": "xabc"], ["F": "ab"]])
        table.add(
            "case does not count", "F", ["PowerShell.EXE"], yes: [["F": "powershell.exe"], ["F": "POWERSHELL.exe"]])
        table.add(
            "case does not count beyond ASCII", "F", ["ÄRGER Ω Ж"], yes: [["F": "ärger ω ж"]], no: [["F": "arger ω ж"]])
        table.add("case does not count in an event beyond ASCII", "F", ["ärger"], yes: [["F": "ÄRGER"]])
        table.add("the Kelvin sign folds to k", "F", ["\u{212A}elvin"], yes: [["F": "kelvin"], ["F": "\u{212A}ELVIN"]])
        table.add("an ASCII pattern finds the Kelvin sign", "F|contains", ["kelvin"], yes: [["F": "x\u{212A}elvin"]])
        table.add(
            "dotted capital I folds to two characters", "F", ["\u{130}"], yes: [["F": "i\u{307}"]], no: [["F": "i"]])
        table.add(
            "sharp s is not two s", "F", ["straße"], yes: [["F": "STRAßE"], ["F": "STRA\u{1E9E}E"]],
            no: [["F": "STRASSE"]])
        table.add("final sigma is not sigma", "F", ["ΟΔΟΣ"], yes: [["F": "οδοσ"]], no: [["F": "οδος"]])
        table.add("scalars outside the first plane fold", "F", ["\u{10400}"], yes: [["F": "\u{10428}"]])
        table.add(
            "canonical equivalents differ", "F", ["\u{E9}"], yes: [["F": "\u{C9}"]], no: [["F": "e\u{301}"]])
        table.add(
            "a combining sequence is not its composition", "F|contains", ["e\u{301}"], yes: [["F": "xE\u{301}"]],
            no: [["F": "x\u{E9}"]])
        table.add(
            "a plain letter is found before a combining mark", "F|contains", ["caf"], yes: [["F": "caf\u{301}e"]])
        table.add("a carriage return pair is two characters", "F|endswith", ["\n"], yes: [["F": "a\r\n"]])
        table.add(
            "bytes that are no UTF-8 are kept", "F|contains", ["evil"],
            yes: [["F": .bytes([0xFF, 0x65, 0x76, 0x69, 0x6C, 0xC3])]])
        table.add(
            "the replacement character is not a stray byte", "F", ["\u{FFFD}"], yes: [["F": "\u{FFFD}"]],
            no: [["F": .bytes([0xFF])]])
        table.add("NUL is a character like others", "F", ["a\0b"], yes: [["F": "A\0B"]], no: [["F": "a"], ["F": "ab"]])
        table.add("space counts", "F", ["abc"], no: [["F": " abc"], ["F": "abc "]])
        table.add(
            "field names are exact", "Image", ["a"], yes: [["Image": "a"]], no: [["image": "a"], ["Images": "a"]])
        table.add("dotted fields are fields", "a.b.c", ["x"], yes: [["a.b.c": "x"]], no: [["a.b": "x"], ["c": "x"]])
        table.add("cased respects case", "F|cased", ["Abc"], yes: [["F": "Abc"]], no: [["F": "abc"], ["F": "ABC"]])
        table.add("cased respects case beyond ASCII", "F|cased", ["Ä"], yes: [["F": "Ä"]], no: [["F": "ä"]])
        table.add("cased with contains", "F|contains|cased", ["Bc"], yes: [["F": "aBcd"]], no: [["F": "abcd"]])
        table.add("cased before contains", "F|cased|contains", ["Bc"], yes: [["F": "aBcd"]], no: [["F": "aBCd"]])
        table.add("cased with wildcards", "F|cased", ["A*Z?"], yes: [["F": "AbZc"]], no: [["F": "abZc"], ["F": "AbZ"]])
        table.add(
            "equal but for case, cased and not",
            rule(["a": item("F|cased", ["X"]), "b": item("F", ["X"])], .and([.not(.search("a")), .search("b")])),
            yes: [["F": "x"]], no: [["F": "X"]])

        table.add(
            "one backslash is one backslash", "F", [#"C:\Windows"#], yes: [["F": #"c:\windows"#]],
            no: [["F": "c:windows"]])
        table.add(
            "two backslashes are one", "F", [#"C:\\Windows"#], yes: [["F": #"c:\windows"#]],
            no: [["F": #"c:\\windows"#]])
        table.add(
            "three backslashes are two", "F", [#"\\\host"#], yes: [["F": #"\\host"#]],
            no: [["F": #"\host"#], ["F": #"\\\host"#]])
        table.add("four backslashes are two", "F", [#"\\\\host"#], yes: [["F": #"\\host"#]], no: [["F": #"\\\\host"#]])
        table.add(
            "a final backslash stands for itself", "F|startswith", [#"C:\"#], yes: [["F": #"c:\x"#]], no: [["F": "c:x"]]
        )
        table.add(
            "an escaped star is a star", "F", [#"a\*b"#], yes: [["F": "a*b"]],
            no: [["F": "axb"], ["F": #"a\*b"#], ["F": #"a\b"#]])
        table.add("an escaped question mark is one", "F", [#"a\?b"#], yes: [["F": "a?b"]], no: [["F": "axb"]])
        table.add(
            "an escaped backslash before a star", "F", [#"a\\*"#], yes: [["F": #"a\"#], ["F": #"a\bc"#]],
            no: [["F": "a*"], ["F": "abc"]])
        table.add(
            "backslash and literal star", "F", [#"a\\\*"#], yes: [["F": #"a\*"#]],
            no: [["F": #"a\b"#], ["F": #"a\\*"#]])
        table.add(
            "an escaped backslash before a question mark", "F", [#"a\\?"#], yes: [["F": #"a\b"#]],
            no: [["F": #"a\"#], ["F": "a?"]])
        table.add("escapes inside contains", "F|contains", [#"\*.exe"#], yes: [["F": "x*.exe y"]], no: [["F": "a.exe"]])
        table.add(
            "a backslash before contains' own star", "F|contains", [#"\Temp\"#], yes: [["F": #"c:\temp\x"#]],
            no: [["F": #"c:\temp"#]])
        table.add(
            "a backslash before endswith's value", "F|endswith", [#"\cmd.exe"#], yes: [["F": #"C:\x\cmd.exe"#]],
            no: [["F": "cmd.exe"], ["F": #"C:\xcmd.exe"#]])
        table.add("other escapes are no escapes", "F", [#"a\nb\t"#], yes: [["F": #"a\nb\t"#]], no: [["F": "a\nb\t"]])
        table.add(
            "expression characters are plain", "F", ["a.c+(x)[y]{1}^$|"], yes: [["F": "A.c+(x)[y]{1}^$|"]],
            no: [["F": "abc+(x)[y]{1}^$|"]])
        return table.cases
    }

    /// `*` and `?`.
    static var wildcards: [ConformanceCase] {
        var table = CaseTable()
        table.add(
            "a star is any run", "F", ["a*c"], yes: [["F": "ac"], ["F": "abc"], ["F": "aXYZc"], ["F": "acc"]],
            no: [["F": "ab"], ["F": "bac"], ["F": "acb"]])
        table.add(
            "a star crosses newlines", "F", ["*import*socket*"], yes: [["F": "python -c import\nos\r\nsocket"]],
            no: [["F": "socket\nimport"]])
        table.add(
            "a star crosses other line ends", "F", ["a*b"],
            yes: [["F": "a\u{2028}b"], ["F": "a\u{85}\u{0B}b"], ["F": "a\0b"]])
        table.add(
            "a question mark is one character", "F", ["a?c"], yes: [["F": "abc"], ["F": "a?c"], ["F": "a*c"]],
            no: [["F": "ac"], ["F": "abbc"]])
        table.add("a question mark is a newline too", "F", ["a?c"], yes: [["F": "a\nc"]], no: [["F": "a\r\nc"]])
        table.add(
            "a question mark is one scalar of several bytes", "F", ["a?c"],
            yes: [["F": "aäc"], ["F": "a€c"], ["F": "a😀c"]], no: [["F": "ae\u{301}c"], ["F": "a👩‍💻c"]])
        table.add(
            "two question marks are two scalars", "F", ["a??c"], yes: [["F": "ae\u{301}c"], ["F": "a€€c"]],
            no: [["F": "a€c"], ["F": "a😀c"]])
        table.add(
            "a star never ends inside a scalar", "F", ["*??"], yes: [["F": "ab"], ["F": "€x"]],
            no: [["F": "€"], ["F": "😀"], ["F": "x"]])
        table.add(
            "a question mark after contains' star", "F|contains", ["a??b"], yes: [["F": "xa€€bx"]], no: [["F": "xa€bx"]]
        )
        table.add(
            "a question mark is one stray byte", "F", ["a?c"], yes: [["F": .bytes([0x61, 0xFF, 0x63])]],
            no: [["F": .bytes([0x61, 0xFF, 0xFE, 0x63])]])
        table.add(
            "a broken sequence is as many characters as bytes", "F", ["a??c"],
            yes: [["F": .bytes([0x61, 0xE2, 0x82, 0x63])]], no: [["F": .bytes([0x61, 0xE2, 0x82, 0xAC, 0x63])]])
        table.add(
            "surrogates and overlong forms are stray bytes", "F", ["???"],
            yes: [["F": .bytes([0xED, 0xA0, 0x80])], ["F": .bytes([0xE0, 0x80, 0x80])]],
            no: [["F": .bytes([0xE0, 0xA0, 0x80])]])
        table.add("a star takes stray bytes", "F", ["a*c"], yes: [["F": .bytes([0x61, 0xC3, 0xFF, 0x63])]])
        table.add("several stars", "F", ["*a*b*c*"], yes: [["F": "xaxbxcx"], ["F": "abc"]], no: [["F": "xaxcxbx"]])
        table.add("a star tries again", "F", ["*ab*abc"], yes: [["F": "ababc"], ["F": "abababc"]], no: [["F": "abc"]])
        table.add(
            "star and question mark together", "F", ["a*?c"], yes: [["F": "abc"], ["F": "abbc"]], no: [["F": "ac"]])
        table.add(
            "pieces do not overlap", "F", ["aba*aba"], yes: [["F": "abaaba"]], no: [["F": "ababa"], ["F": "aba"]])
        table.add("a prefix and a suffix may not share", "F", ["ab*b"], yes: [["F": "abb"]], no: [["F": "ab"]])
        table.add(
            "wildcards inside startswith", "exe|startswith", ["/home/*/public_html/"],
            yes: [["exe": "/home/mallory/public_html/x"], ["exe": "/HOME/a/b/public_html/"]],
            no: [["exe": "/srv/home/m/public_html/x"], ["exe": "/home/public_html/"]])
        table.add(
            "wildcards inside endswith", "F|endswith", [#"\temp\\*.exe"#], yes: [["F": #"C:\Temp\a.exe"#]],
            no: [["F": #"C:\Temp\a.exe.bak"#], ["F": #"C:\Tempa.exe"#]])
        table.add(
            "wildcards inside contains", "F|contains", ["-enc* JAB"],
            yes: [["F": "powershell -enc   JABx"], ["F": "x -encodedcommand JAB"]], no: [["F": "-e JAB"]])
        table.add(
            "a question mark inside endswith", "F|endswith", ["prog?.exe"], yes: [["F": "xprogA.exe"]],
            no: [["F": "prog.exe"], ["F": "progAB.exe"]])
        table.add("a leading star under startswith", "F|startswith", ["*b"], yes: [["F": "abc"]], no: [["F": "a"]])
        table.add(
            "contains' own stars are not doubled", "F|contains", ["*b*"], yes: [["F": "b"], ["F": "abc"]],
            no: [["F": "a"]])
        table.add("case does not count around wildcards", "F", ["A*Ä?"], yes: [["F": "axxäx"]], no: [["F": "axxax"]])
        table.add(
            "a star does not span members of an array", "F", ["*a*b*"], yes: [["F": ["x", "ab"]]],
            no: [["F": ["a", "b"]]])
        return table.cases
    }
}
