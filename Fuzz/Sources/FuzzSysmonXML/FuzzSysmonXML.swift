// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the reader of event XML.
@main struct FuzzSysmonXML: FuzzTarget {
    private static let reader = Fresh { SysmonXMLReader(vocabulary: $0) }

    static func run(_ input: [UInt8]) { LineReading.compare(input, reader, batchesOf: 1) }
}
