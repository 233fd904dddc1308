// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What cannot be generated from a rule alone: expressions and networks, each with values that fit.
enum Samples {
    /// An expression and texts in which it is found as it stands.
    struct Expression {
        var expression: String
        var found: [String]
        /// Whether it is still found with text around it.
        var isFloating = true
        /// Texts in which it is found only when a dot is a newline too.
        var acrossLines: [String] = []
    }

    static let expressions = [
        Expression(expression: "b.d", found: ["abcde", "b€d", "bxd"], acrossLines: ["b\nd"]),
        Expression(expression: "^abc$", found: ["abc", "abc\n"], isFloating: false),
        Expression(expression: "^a.*z$", found: ["az", "a-b-z"], isFloating: false, acrossLines: ["a\n\nz"]),
        Expression(expression: #"\bpython\d?\b"#, found: ["python3", "python", "/python3 -c"], isFloating: false),
        Expression(expression: #"[0-9]{2,3}\.exe"#, found: ["12.exe", "x123.exe"]),
        Expression(expression: "(?:foo|ba(r|z))+q", found: ["fooq", "foobazq"]),
        Expression(expression: "(?i)CMD", found: ["cmd", "CmD"]),
        Expression(expression: #"\\temp\\[^\\]+\.dll"#, found: [#"\temp\a.dll"#]),
        Expression(expression: "a.+?b", found: ["axb", "aab"], acrossLines: ["a\n\nb"]),
        Expression(expression: #"\s-[eE][nN]?c?\s"#, found: [" -enc ", "\t-e\n"]),
        Expression(expression: #"^[^\w]*$"#, found: ["", "--", "é"], isFloating: false),
        Expression(expression: "é", found: ["é", "xéy"]),
        Expression(expression: #"import\s+\w+;"#, found: ["import os;"]),
        Expression(expression: "x{2}|y{1,}z", found: ["xx", "yyz"]),
        Expression(expression: #"\$\{[a-z]+\}"#, found: ["${abc}"]),
        Expression(expression: "line1.line2", found: ["line1-line2"], acrossLines: ["line1\nline2"]),
    ]

    /// A network, addresses of it and others.
    struct Network {
        var network: String
        var inside: [String]
        var outside: [String]
    }

    static let networks = [
        Network(
            network: "10.0.0.0/8", inside: ["10.0.0.0", "10.255.1.2", "::ffff:10.1.2.3"], outside: ["11.0.0.1", "10.1"]),
        Network(
            network: "172.16.0.0/12", inside: ["172.16.0.1", "172.31.9.9"], outside: ["172.32.0.0", "172.15.0.1"]),
        Network(network: "192.0.2.7/32", inside: ["192.0.2.7"], outside: ["192.0.2.6", "192.0.2.77"]),
        Network(network: "0.0.0.0/0", inside: ["1.2.3.4"], outside: ["::1", "host"]),
        Network(
            network: "fe80::/10", inside: ["fe80::1", "FEBF::2", "fe80::1%eth0"], outside: ["fec0::1", "10.0.0.1"]),
        Network(network: "2001:db8::/33", inside: ["2001:db8:7fff::1"], outside: ["2001:db8:8000::1"]),
        Network(network: "::1/128", inside: ["::1", "0:0:0:0:0:0:0:1"], outside: ["::2", "127.0.0.1"]),
        Network(
            network: "::ffff:192.168.0.0/112", inside: ["192.168.3.4", "::ffff:192.168.0.1"], outside: ["192.169.0.1"]),
    ]

    /// The parts of a date and a range of their values.
    static let parts: [Modifier: ClosedRange<Int>] = [
        .minute: 0...3, .hour: 0...23, .day: 1...28, .week: 1...53, .month: 1...12, .year: 2024...2027,
    ]

    /// A moment as text, in one of several writings.
    static func moment(_ random: inout SeededGenerator) -> String {
        func two(_ range: ClosedRange<Int>) -> String {
            let number = random.number(range)
            return number < 10 ? "0\(number)" : "\(number)"
        }
        let date = "\(random.number(2024...2027))-\(two(1...12))-\(two(1...28))"
        let time = "\(two(0...23)):\(two(0...3)):\(two(0...59))"
        return date + random.pick(["T", " ", "t"]) + time + random.pick(["", ".5", ".123456789"])
            + random.pick(["", "Z", "+05:30", "-0800"])
    }
}
