// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension Enricher {
    /// What the process runs if it is Python, nil for all others at the cost of a look at two values.
    mutating func python(
        image: FieldPicker.Field, commandLine: FieldPicker.Field, tty: FieldPicker.Field, in batch: EventBatch,
        isWindows: Bool
    ) -> PythonFacts? {
        let span = batch.bytes.span
        let name = fields.range(image, in: batch) ?? 0..<0
        let line = fields.range(commandLine, in: batch) ?? 0..<0
        let original = image == .image ? fields.range(.originalFileName, in: batch) ?? 0..<0 : 0..<0
        guard
            PythonFacts.isCandidate(
                image: span.extracting(name), commandLine: span.extracting(line),
                originalFileName: span.extracting(original))
        else { return nil }
        let question = PythonMemo.Question(
            image: name, commandLine: line, originalName: original, hasTerminal: hasTerminal(tty, in: batch),
            isWindows: isWindows)
        let facts = memo.facts(question, in: span) {
            PythonFacts(
                image: String(decoding: batch.bytes.span.extracting(name)),
                commandLine: String(decoding: batch.bytes.span.extracting(line)),
                originalFileName: original.isEmpty ? nil : String(decoding: batch.bytes.span.extracting(original)),
                hasTerminal: question.hasTerminal, isWindows: isWindows, limits: limits)
        }
        guard let facts else { return nil }
        processes.stats.pythonCommands += 1
        if facts.isUnfinished { processes.stats.unfinishedLayers += 1 }
        return facts
    }

    /// Whether the event names a controlling terminal.
    private func hasTerminal(_ tty: FieldPicker.Field, in batch: EventBatch) -> Bool {
        let field = tty == .processTty && !fields.has(.processTty) ? .tty : tty
        guard let range = fields.range(field, in: batch) else { return false }
        let name = batch.bytes.span.extracting(range)
        return !(equalBytes(name, "(none)") || equalBytes(name, "?") || equalBytes(name, "-") || equalBytes(name, "0"))
    }

    /// Adds what is known of the process's own Python.
    func add(_ facts: PythonFacts, script: String?, to batch: inout EventBatch) {
        guard !fields.has(.pythonSource) else { return }
        if let source = facts.invocation.source { add(.pythonSource, source.rawValue, to: &batch) }
        if let script, !fields.has(.pythonScript) { add(.pythonScript, script, to: &batch) }
        if let module = facts.invocation.module, !fields.has(.pythonModule) { add(.pythonModule, module, to: &batch) }
        for option in facts.invocation.options { add(.pythonOptions, option, to: &batch) }
        guard !facts.code.isEmpty, !fields.has(.pythonCode) else { return }
        for text in facts.code { add(.pythonCode, text.span, to: &batch) }
        batch.append(.pythonLayers, integer: Int64(facts.layers))
    }

    /// Remembers it for the process's children.
    mutating func remember(_ facts: PythonFacts, script: String?, isInterpreter: Bool, of process: Int) {
        let place = facts.invocation.source.flatMap { PythonInvocation.Source.allCases.firstIndex(of: $0) }
        processes[process].pythonSource = UInt8(place.map { $0 + 1 } ?? 0)
        processes[process].isInterpreter = isInterpreter
        processes.set(.script, of: process, to: Array((script ?? "").utf8).span)
        processes.set(.module, of: process, to: Array((facts.invocation.module ?? "").utf8).span)
        var packed: [UInt8] = []
        for text in facts.code {
            let kept = text.prefix(limits.valueBytes)
            guard packed.count + kept.count + 4 <= 4 * limits.valueBytes else { break }
            for shift in [24, 16, 8, 0] { packed.append(UInt8(truncatingIfNeeded: kept.count >> shift)) }
            packed.append(contentsOf: kept)
        }
        processes.set(.code, of: process, to: packed.span, limit: packed.count)
    }

    /// Forgets what a process ran before it executed something else.
    mutating func forgetPython(of process: Int) {
        processes[process].pythonSource = 0
        processes[process].isInterpreter = false
        let nothing: [UInt8] = []
        for value in [ProcessValue.script, .module, .code] { processes.set(value, of: process, to: nothing.span) }
    }

    /// Adds what the parent runs, if it is an interpreter.
    func addParentPython(_ parent: Int, to batch: inout EventBatch) {
        let entry = processes[parent]
        guard entry.isInterpreter, !fields.has(.parentPythonSource) else { return }
        addSource(.processParentPythonSource, of: entry, to: &batch)
        add(.processParentPythonScript, processes.bytes(.script, of: parent).span, to: &batch)
        add(.processParentPythonModule, processes.bytes(.module, of: parent).span, to: &batch)
        let packed = processes.bytes(.code, of: parent)
        let code = packed.span
        var start = 0
        while start + 4 <= code.count {
            var length = 0
            for offset in 0..<4 { length = length << 8 | Int(code[start + offset]) }
            guard start + 4 + length <= code.count else { break }
            add(.processParentPythonCode, code.extracting(start + 4..<start + 4 + length), to: &batch)
            start += 4 + length
        }
    }

    /// Adds where a remembered interpreter takes its code from.
    func addSource(_ field: FieldID, of entry: ProcessEntry, to batch: inout EventBatch) {
        guard entry.pythonSource > 0 else { return }
        add(field, PythonInvocation.Source.allCases[Int(entry.pythonSource) - 1].rawValue, to: &batch)
    }
}
