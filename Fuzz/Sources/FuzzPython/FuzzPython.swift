// SPDX-License-Identifier: Apache-2.0
import Enrichment

/// Feeds libFuzzer's bytes to the command-line reader and to the layers: the first byte chooses which.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPython(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    // SAFETY: libFuzzer owns `count` readable bytes at `start` for the time of this call; they are copied at once.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let rest = Array(bytes.dropFirst())
    if bytes[0] & 1 == 0 {
        var limits = EnrichmentLimits()
        limits.layerSteps = 100_000
        _ = PythonLayers.reveal(rest.span, limits: limits)
        return 0
    }
    let images = [
        "/usr/bin/python3", "", "/bin/sh", #"C:\Windows\System32\cmd.exe"#, "/usr/bin/env", "/usr/bin/docker",
    ]
    let line = String(decoding: rest, as: UTF8.self)
    _ = PythonInvocation.parse(image: images[Int(bytes[0] >> 1) % images.count], commandLine: line)
    return 0
}
