// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Sigma
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("/bin/sh", #""/bin/sh""#),
        ("a\"b\\c\n\t\r", #""a\"b\\c\n\t\r""#),
        ("\u{0}\u{1B}[2J\u{7F}\u{9B}", #""\u0000\u001b[2J\u007f\u009b""#),
        ("\u{202E}exe.txt\u{2066}\u{200B}\u{2028}", #""\u202eexe.txt\u2066\u200b\u2028""#),
        ("\u{E0041}", #""\udb40\udc41""#),
        ("é漢😀", #""é漢😀""#),
    ])
    func `text is escaped so that it acts on no terminal and reads back the same`(text: String, expected: String) throws
    {
        let written = JSONValue.string(text).text
        #expect(written == expected)
        #expect(try JSONDecoder().decode(String.self, from: Data(written.utf8)) == text)
    }

    @Test(arguments: [(5.0, "5"), (2.5, "2.5"), (.nan, "null"), (.infinity, "null"), (-0.5, "-0.5")])
    func `numbers are written as JSON knows them`(number: Double, expected: String) {
        #expect(JSONValue.number(number).text == expected)
    }

    @Test func `an alert reads back as it was written`() throws {
        var found = finding(1, host: "a", time: noon)
        found.strategy = StrategyReference(id: "s", title: "S", path: "p")
        found.rule.tags = ["attack.execution", "attack.t1059.006"]
        let alert = Alert(found)
        let again = try JSONDecoder().decode(Alert.self, from: Data(alert.json.text.utf8))
        #expect(again == alert)
        let encoded = try JSONEncoder().encode(alert)
        #expect(try JSONDecoder().decode(Alert.self, from: encoded) == alert)
    }

    @Test func `an alert of another schema is refused`() {
        let text = Alert(finding(1, host: "a", time: noon)).json.text
            .replacingOccurrences(of: "vedette.alert/1", with: "vedette.alert/2")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Alert.self, from: Data(text.utf8)) }
    }
}
