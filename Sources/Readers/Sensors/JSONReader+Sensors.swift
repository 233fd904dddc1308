// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONReader {
    /// Makes an event of another sensor's event, whose slots start at `first`.
    mutating func readSensor(
        _ sensor: SensorSources.Sensor, from first: Int, _ context: JSONContext, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        let last = batch.slots.count
        flattener.stampFields(from: first, to: last, in: batch)
        for index in first..<last {
            let slot = batch.slots[index]
            let sigma = flattener.traits[slot.field].sensor
            guard sigma != FieldTraits.none, slot.kind != .container, slot.kind != .null,
                !batch.holds(slot.range, "<NA>"), flattener.claim(sigma, for: slot.field)
            else { continue }
            batch.append(sigma, slot.range, kind: slot.kind)
        }
        if let user = flattener.slot(.sensorUser, in: batch), flattener.claim(.user, for: .user) {
            batch.append(.user, user.range, kind: user.kind)
        }
        let name: Range<Int>
        switch sensor {
        case .falco:
            falco(&batch)
            name = flattener.known.range(.falcoType, in: batch)
        case .tetragon: name = tetragon(&batch)
        case .kunai:
            name = flattener.known.range(.kunaiEvent, in: batch)
            kunai(isScript: batch.holds(name, "execve_script"), from: first, to: last, &batch)
        }
        let source = sources.sensors.source(sensor, batch.bytes.span.extracting(name))
        commit(source, times: JSONTime.sensor, slotsFrom: first, context, into: &batch, report: &report)
    }

    /// Falco names the host itself as a container, and the image without its tag.
    private func falco(_ batch: inout EventBatch) {
        if let id = flattener.text(.falcoContainer, in: batch), id.length > 0, !batch.holds(id.range, "host"),
            !batch.holds(id.range, "<NA>")
        {
            batch.append(.containerId, id.range)
            if let image = flattener.text(.falcoImage, in: batch), image.length > 0, !batch.holds(image.range, "<NA>") {
                let start = batch.bytes.count
                batch.appendCopy(image.range)
                if let tag = flattener.text(.falcoTag, in: batch), tag.length > 0, !batch.holds(tag.range, "<NA>") {
                    batch.bytes.append(UInt8(ascii: ":"))
                    batch.appendCopy(tag.range)
                }
                batch.append(.containerImageName, start..<batch.bytes.count)
            }
        } else {
            for index in batch.slots.indices.reversed() where batch.slots[index].field == .containerName {
                batch.slots[index].kind = .null
                break
            }
        }
        let isConnect = flattener.text(.falcoType, in: batch).map { batch.holds($0.range, "connect") } ?? false
        for (field, known, isNeeded) in [
            (FieldID.destinationIp, KnownField.falcoServer, isConnect), (.destinationPort, .falcoPort, isConnect),
            (.targetFilename, .falcoFile, !isConnect),
        ] {
            guard isNeeded, let slot = flattener.slot(known, in: batch), slot.kind != .null, slot.length > 0,
                !batch.holds(slot.range, "<NA>")
            else { continue }
            batch.append(field, slot.range, kind: slot.kind)
        }
    }

    /// Tetragon splits a command line into program and arguments, and prefixes container ids with their runtime.
    ///
    /// Gives what the event is.
    private func tetragon(_ batch: inout EventBatch) -> Range<Int> {
        joinCommand(.tetragonBinary, .tetragonArguments, .commandLine, &batch)
        joinCommand(.tetragonParent, .tetragonParentArguments, .parentCommandLine, &batch)
        if let id = flattener.text(.tetragonContainer, in: batch), id.length > 0 {
            let colon = batch.position(of: UInt8(ascii: ":"), in: id.range)
            if let colon, batch.starts(colon..<id.range.upperBound, with: "://") {
                batch.append(.containerRuntime, id.range.lowerBound..<colon)
                batch.append(.containerId, colon + 3..<id.range.upperBound)
            } else {
                batch.append(.containerId, id.range)
            }
        } else if let id = flattener.text(.tetragonDocker, in: batch), id.length > 0 {
            batch.append(.containerId, id.range)
        }
        if let image = flattener.text(.tetragonImage, in: batch) { ImageReference.append(image.range, into: &batch) }
        if let node = flattener.text(.tetragonNode, in: batch) { batch.append(.hostName, node.range) }
        if let function = flattener.text(.tetragonFunction, in: batch) { return function.range }
        let start = batch.bytes.count
        if flattener.has(.tetragonExec) {
            batch.bytes.append(contentsOf: "process_exec".utf8)
        } else if flattener.has(.tetragonExit) {
            batch.bytes.append(contentsOf: "process_exit".utf8)
        }
        return start..<batch.bytes.count
    }

    private func joinCommand(
        _ program: KnownField, _ arguments: KnownField, _ field: FieldID, _ batch: inout EventBatch
    ) {
        guard let binary = flattener.text(program, in: batch), binary.length > 0 else { return }
        guard let rest = flattener.text(arguments, in: batch), rest.length > 0 else {
            batch.append(field, binary.range)
            return
        }
        let start = batch.bytes.count
        batch.appendCopy(binary.range)
        batch.bytes.append(UInt8(ascii: " "))
        batch.appendCopy(rest.range)
        batch.append(field, start..<batch.bytes.count)
    }

    /// Kunai calls a script the program and names its interpreter beside; ancestors stand in one text, the oldest first.
    ///
    /// To the kernel and to rules the interpreter is the program.
    private mutating func kunai(isScript: Bool, from first: Int, to last: Int, _ batch: inout EventBatch) {
        let program = isScript ? KnownField.kunaiInterpreter : .kunaiProgram
        let hashes: [(KnownField, FieldID)] =
            isScript
            ? [(.kunaiInterpreterMD5, .md5), (.kunaiInterpreterSHA1, .sha1), (.kunaiInterpreterSHA256, .sha256)]
            : [(.kunaiMD5, .md5), (.kunaiSHA1, .sha1), (.kunaiSHA256, .sha256)]
        for (known, field) in [(program, FieldID.image)] + hashes {
            if let slot = flattener.text(known, in: batch), slot.length > 0 { batch.append(field, slot.range) }
        }
        guard let line = flattener.text(.kunaiAncestors, in: batch) else { return }
        var end = line.range.upperBound
        while end > line.range.lowerBound {
            var start = end
            while start > line.range.lowerBound, batch.bytes[start - 1] != UInt8(ascii: "|") { start -= 1 }
            if start < end { batch.append(.processAncestors, start..<end) }
            end = start - 1
        }
    }
}
