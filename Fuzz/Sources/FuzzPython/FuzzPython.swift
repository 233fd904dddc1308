// SPDX-License-Identifier: Apache-2.0
import Enrichment
import FuzzSupport

/// Command lines and code for what enrichment says of Python: the first byte chooses which.
@main struct FuzzPython: FuzzTarget {
    private static let images = [
        "/usr/bin/python3", "", "/bin/sh", #"C:\Windows\System32\cmd.exe"#, "/usr/bin/env", "/usr/bin/docker",
    ]

    static func run(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let rest = Array(input.dropFirst())
        if choice & 1 == 0 {
            layers(rest)
            return
        }
        let line = String(decoding: rest, as: UTF8.self)
        let image = images[Int(choice >> 1) % images.count]
        guard let found = PythonInvocation.parse(image: image, commandLine: line) else { return }
        let texts = found.options + found.wrappers + [found.script, found.module, found.code].compactMap { $0 }
        Invariants.bounded(texts.reduce(0) { $0 + $1.utf8.count }, by: input.count, "command line")
        if found.source == .command { Invariants.require(found.code != nil, "a command without code") }
        if found.source == .module { Invariants.require(found.module != nil, "a module without a name") }
    }

    private static func layers(_ code: [UInt8]) {
        var limits = EnrichmentLimits()
        limits.layerSteps = 100_000
        let found = PythonLayers.reveal(code.span, limits: limits)
        Invariants.require(found.texts.count < limits.layerCount, "too many layers")
        Invariants.require(found.texts.reduce(0) { $0 + $1.count } <= limits.codeBytes, "the layers are too long")
        Invariants.require(Set(found.texts).count == found.texts.count, "a layer is given twice")
        Invariants.require(PythonLayers.reveal(code.span, limits: limits) == found, "the same code gives other layers")
    }
}
