// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Testing

private typealias E = Encodings

private let plain = "import os; os.system('id > /tmp/x')"

/// Code, a text one of its layers must hold, and how many encodings lie above the deepest.
struct LayerCase: Sendable, CustomTestStringConvertible {
    var name: String
    var code: String
    var expected: String
    var depth: Int

    init(_ name: String, _ code: String, _ expected: String = plain, depth: Int = 1) {
        (self.name, self.code, self.expected, self.depth) = (name, code, expected, depth)
    }

    var testDescription: String { name }
}

private let zlib64 = E.base64(E.deflate(Array(plain.utf8)))
private let pty = "import pty; pty.spawn('/bin/bash')"
private let nest3 = nested(3)

/// The usual obfuscator's output: a lambda that reverses, decodes and inflates, `count` times over.
private func nested(_ count: Int) -> String {
    var code = plain
    for _ in 0..<count {
        let packed = E.reversed(E.base64(E.deflate(Array(code.utf8))))
        code = "exec((_)(b'\(packed)'))"
    }
    return "_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));" + code
}

private let cases: [LayerCase] = [
    LayerCase("base64", "import base64;exec(base64.b64decode('\(E.base64(plain))'))"),
    LayerCase(
        "base64 of bytes, decoded", "import base64;exec(base64.b64decode(b'\(E.base64(plain))').decode('utf-8'))"),
    LayerCase("base64 without an import", "exec(__import__('base64').b64decode('\(E.base64(plain))'))"),
    LayerCase("base64 under an alias", "import base64 as q, sys;exec(q.b64decode('\(E.base64(plain))'))"),
    LayerCase("base64 by its own name", "from base64 import b64decode as d\nexec(d('\(E.base64(plain))'))"),
    LayerCase("url-safe base64", "import base64;exec(base64.urlsafe_b64decode('\(E.base64(plain))'))"),
    LayerCase("base32", "import base64;exec(base64.b32decode('\(E.base32(plain))'))"),
    LayerCase("binascii", "import binascii;exec(binascii.unhexlify('\(E.hex(plain.utf8))'))"),
    LayerCase("bytes.fromhex", "exec(bytes.fromhex('\(E.hex(plain.utf8))').decode())"),
    LayerCase("codecs hex", "import codecs;exec(codecs.decode('\(E.hex(plain.utf8))', 'hex'))"),
    LayerCase("codecs rot13", "import codecs;exec(codecs.decode(\"\(E.rot13(plain))\", 'rot_13'))"),
    LayerCase("codecs base64", "import codecs;exec(codecs.decode(b'\(E.base64(plain))', 'base64'))"),
    LayerCase("Python 2 base64", "exec 'x'.decode('utf8') + '\(E.base64(plain))'.decode('base64')", "x" + plain),
    LayerCase("hexadecimal escapes", "exec('\(E.escapes(plain))')"),
    LayerCase("octal escapes", "exec('\(E.octal(plain))')"),
    LayerCase("unicode escapes", "exec('\(E.unicode(plain))')"),
    LayerCase("unicode_escape", "exec(b'\(E.escapes(plain).replacing("\\", by: "\\\\"))'.decode('unicode_escape'))"),
    LayerCase("zlib under base64", "import zlib,base64;exec(zlib.decompress(base64.b64decode('\(zlib64)')))", depth: 2),
    LayerCase(
        "gzip under base64",
        "import gzip,base64;exec(gzip.decompress(base64.b64decode('\(E.base64(E.deflate(Array(plain.utf8), windowBits: 31)))')))",
        depth: 2),
    LayerCase(
        "raw deflate",
        "import zlib;exec(zlib.decompress(bytes.fromhex('\(E.hex(E.deflate(Array(plain.utf8), windowBits: -15)))'), -15))",
        depth: 2),
    LayerCase(
        "zlib in escapes",
        "import zlib;exec(zlib.decompress(b'\(E.deflate(Array(plain.utf8)).map { E.octalByte($0) }.joined())'))"),
    LayerCase("concatenation", "exec('import os; o' + 's.system(' + \"'id > /tmp/x'\" + ')')"),
    LayerCase("adjacent literals", "exec('import os; o' 's.system(' \"'id > /tmp/x'\" ')')"),
    LayerCase("short names in place", "__import__('o'+'s').system('i'+'d')", "__import__('os').system('id')"),
    LayerCase(
        "getattr", "getattr(__import__('o'+'s'), 'sys'+'tem')('id')", "getattr(__import__('os'), 'system')('id')"),
    LayerCase("join", "exec(''.join(['import os;', ' os.system(', \"'id > /tmp/x'\", ')']))"),
    LayerCase("chr sum", "exec(\(E.chrSum(plain)))"),
    LayerCase("chr comprehension", "exec(''.join(chr(x) for x in [\(E.codes(plain))]))"),
    LayerCase("chr list comprehension", "exec(''.join([chr(c) for c in (\(E.codes(plain)))]))"),
    LayerCase("chr map", "exec(''.join(map(chr, [\(E.codes(plain))])))"),
    LayerCase("lambda map", "exec(''.join(map(lambda c: chr(c), [\(E.codes(plain))])))"),
    LayerCase("bytes of a list", "exec(bytes([\(E.codes(plain))]).decode())"),
    LayerCase("bytearray", "exec(bytearray([\(E.codes(plain))]))"),
    LayerCase("exclusive or", "exec(bytes([b ^ 42 for b in bytes.fromhex('\(E.hex(E.xor(plain, 42)))')]))"),
    LayerCase(
        "exclusive or of characters",
        "exec(''.join(chr(ord(c) ^ 7) for c in bytes.fromhex('\(E.hex(E.xor(plain, 7)))').decode()))"),
    LayerCase(
        "shifted codes",
        "exec(''.join(chr(x - 3) for x in [\(plain.utf8.map { String(Int($0) + 3) }.joined(separator: ","))]))"),
    LayerCase("reversed", "exec(\"\(E.reversed(plain))\"[::-1])"),
    LayerCase("reversed()", "exec(''.join(reversed(\"\(E.reversed(plain))\")))"),
    LayerCase("every second character", "exec(\"\(plain.map { "\($0)~" }.joined())\"[::2])"),
    LayerCase("replace", "exec(\"\(plain.replacing("o", by: "§"))\".replace('§', 'o'))"),
    LayerCase("formatting", "exec('import %s; os.sys%s(%s)' % ('os', 'tem', \"'id > /tmp/x'\"))"),
    LayerCase("format()", "exec('import {0}; {0}.sys{1}(\\'id > /tmp/x\\')'.format('os', 'tem'))"),
    LayerCase(
        "variables",
        "a='\(E.base64(plain).prefix(20))'\nb='\(E.base64(plain).dropFirst(20))'\nimport base64\nexec(base64.b64decode(a+b))"
    ),
    LayerCase("added up", "s='import os; '\ns+=\"os.system(\"\ns+=\"'id > /tmp/x')\"\nexec(s)"),
    LayerCase("a function", "import base64\ndef d(s):\n  return base64.b64decode(s)\nexec(d('\(E.base64(plain))'))"),
    LayerCase("a lambda", "d=lambda s: __import__('base64').b64decode(s).decode();exec(d('\(E.base64(plain))'))"),
    LayerCase("code inside exec inside exec", "exec(\"exec(__import__('base64').b64decode('\(E.base64(plain))'))\")"),
    LayerCase("base64 nobody decodes in sight", "load('\(E.base64(plain))')"),
    LayerCase("hexadecimal nobody decodes in sight", "load(\"\(E.hex(plain.utf8))\")"),
    LayerCase("reversed base64 nobody decodes in sight", "f('\(E.reversed(E.base64(plain + " ")))')", plain + " "),
    LayerCase("compressed data nobody decodes in sight", "f('\(zlib64)')", depth: 2),
    LayerCase(
        "base64 twice", "import base64 as b;exec(b.b64decode(b.b64decode('\(E.base64(E.base64(plain)))')))", depth: 2),
    LayerCase(
        "base64 that decodes base64",
        "import base64;exec(base64.b64decode('\(E.base64("import base64;exec(base64.b64decode('\(E.base64(pty))'))"))'))",
        pty, depth: 2),
    LayerCase("reverse, base64 and zlib three times over", nest3, depth: 6),
    LayerCase("brackets", "exec(((((__import__('base64').b64decode((('\(E.base64(plain))')))))))))"),
    LayerCase(
        "broken across lines",
        "exec(__import__('base64')\n  .b64decode(\n  '\(E.base64(plain).prefix(9))' # x\n  '\(E.base64(plain).dropFirst(9))'))"
    ),
]

@Suite struct PythonLayersTests {
    @Test(arguments: cases)
    func `encoded code is seen as it runs`(layer: LayerCase) {
        let found = PythonLayers.reveal(Array(layer.code.utf8).span)
        let texts = found.texts.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts.contains { $0 == layer.expected }, "\(texts)")
        #expect(found.depth == layer.depth)
        #expect(found.isComplete)
    }

    @Test(arguments: [
        "import os; print(os.environ['HOME'])", "print('hello, world')", "import sys; sys.stdout.write('\\x1b[0m')",
        "import http.server; http.server.main()", "x = 1 + 2 * 3", "print('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef')",
        "import hashlib; print(hashlib.sha256(b'x').hexdigest() == '9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0')",
        "", "'", "\\", "lambda", "f'{x!r}' 'y'", "exec(x)", "print(f'{a}' + str(b))",
    ])
    func `plain code has no layers`(code: String) {
        #expect(PythonLayers.reveal(Array(code.utf8).span).texts.isEmpty)
    }

    @Test(arguments: [
        ("brackets", String(repeating: "(", count: 1 << 20)),
        ("closed brackets", String(repeating: "[", count: 1 << 18) + String(repeating: "]", count: 1 << 18)),
        ("a huge product", "'+'*10**9*10**9"),
        ("a growing product", "a='x'*9999\n" + String(repeating: "a=a+a*9\n", count: 5000)),
        ("lambdas", String(repeating: "lambda x: ", count: 50_000) + "x"),
        ("minus signs", String(repeating: "-", count: 1 << 19) + "1"),
        ("a long sum", String(repeating: "'a'+", count: 60_000) + "'b'"),
        ("lambda bomb", "a=lambda x:x+x\n" + String(repeating: "b=a(a(a(a('x'))))\n", count: 3000)),
        (
            "comprehension bomb",
            "[[[[x for x in range(60000)] for y in range(60000)] for z in range(60000)] for w in range(9)]"
        ),
        (
            "replace bomb",
            "'" + String(repeating: "a", count: 60_000) + "'" + String(repeating: ".replace('a','aa')", count: 3000)
        ),
        ("many literals", String(repeating: "f('\(zlib64)');", count: 3000)),
        ("quotes", String(repeating: "'", count: 1 << 19)),
        ("not", String(repeating: "not ", count: 1 << 17)),
        ("index", "a='x'*60000;" + String(repeating: "a[5]+", count: 30_000)),
        ("self", "a=lambda x:a(x)+a(x)\na('x')"), ("calls", String(repeating: "f(", count: 1 << 18)),
        ("conditions", String(repeating: "x if ", count: 50_000)),
        ("subscripts", String(repeating: "a[", count: 1 << 17)),
        ("braces", String(repeating: "{", count: 1 << 18)), ("dots", String(repeating: "a.", count: 1 << 18)),
        ("colons", "'abc'[" + String(repeating: ":", count: 1 << 18) + "]"),
        ("slice", "'abc'[-9223372036854775808:9223372036854775807:-9223372036854775807]"),
        ("shift", "1<<9999999999999999999 ; 1<<-1; -1>>99999; 5%0; 5//0; 2**9999999"),
        (
            "zip bomb",
            "import zlib;zlib.decompress(bytes.fromhex('\(E.hex(E.deflate([UInt8](repeating: 65, count: 50_000_000))))'))"
        ),
    ])
    func `hostile code ends soon`(name: String, code: String) {
        let start = ContinuousClock.now
        let found = PythonLayers.reveal(Array(code.utf8).span)
        #expect(found.texts.reduce(0) { $0 + $1.count } <= EnrichmentLimits().codeBytes)
        #expect(found.texts.count < EnrichmentLimits().layerCount)
        #expect(ContinuousClock.now - start < .seconds(20), "\(name)")
    }

    @Test func `layers stop at the limit and say so`() {
        let found = PythonLayers.reveal(Array(nested(12).utf8).span)
        #expect(found.texts.count == EnrichmentLimits().layerDepth)
        #expect(!found.isComplete)
    }
}
