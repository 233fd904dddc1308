// SPDX-License-Identifier: Apache-2.0
import Detection
import TestSupport
import Testing

/// The parts of a group's state, each held against a plain computation.
@Suite struct CorrelationStateTests {
    @Test func `a sum of two numbers is the rounded one`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let (a, b) = (Self.anyNumber(&random), Self.anyNumber(&random))
            var sum = ExactSum()
            sum.add(a)
            sum.add(b)
            #expect(sum.value == a + b, "\(a) + \(b)")
            sum.remove(a)
            #expect(sum.value == b, "\(a) + \(b) - \(a)")
        }
    }

    @Test func `a million numbers that come and go leave no trace`() {
        var random = SeededGenerator(seed: 2)
        var sum = ExactSum()
        // Eighths of whole numbers, whose sum an integer holds exactly; between them numbers that dwarf them.
        var window: [Int] = []
        var eighths = 0
        for step in 0..<1_000_000 {
            let number = Int.random(in: -1_000_000...1_000_000, using: &random)
            sum.add(Double(number) / 8)
            eighths += number
            if window.count < 1000 {
                window.append(number)
            } else {
                sum.remove(Double(window[step % 1000]) / 8)
                eighths -= window[step % 1000]
                window[step % 1000] = number
            }
            if step % 1000 == 0 {
                sum.add(1e300)
                sum.add(-1e-300)
                _ = sum.value
                sum.remove(1e300)
                sum.remove(-1e-300)
            }
            if step % 64 == 0, sum.value != Double(eighths) / 8 {
                Issue.record("step \(step): \(sum.value) is not \(Double(eighths) / 8)")
                break
            }
        }
    }

    @Test func `sums reach beyond the largest number and back, and to the smallest`() {
        var sum = ExactSum()
        for _ in 0..<3 { sum.add(.greatestFiniteMagnitude) }
        #expect(sum.value == .infinity)
        for _ in 0..<2 { sum.remove(.greatestFiniteMagnitude) }
        sum.add(.leastNonzeroMagnitude)
        #expect(sum.value == .greatestFiniteMagnitude)
        sum.remove(.greatestFiniteMagnitude)
        #expect(sum.value == .leastNonzeroMagnitude)
        sum.remove(.leastNonzeroMagnitude)
        #expect(sum.value == 0)
    }

    @Test(arguments: [3, 400, 100_000])
    func `ranks are those of the sorted list while numbers come and go`(different: Int) {
        var random = SeededGenerator(seed: UInt64(different))
        var ranked = SortedValues()
        var window: [Double] = []
        for step in 0..<6000 {
            // The window grows, stays and shrinks.
            let most = step < 3000 ? 2000 : step < 4500 ? 1000 : 5
            let value = Double(Int.random(in: 0...different, using: &random)) / 2
            ranked.insert(value)
            window.append(value)
            while window.count > most { ranked.remove(window.removeFirst()) }
            guard step % 7 == 0 || window.count < 10 else { continue }
            let sorted = window.sorted()
            let middle = sorted.count / 2
            let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
            #expect(ranked.count == sorted.count)
            #expect(ranked.median == median)
            let percent = Int.random(in: 0...100, using: &random)
            let rank = max((percent * sorted.count + 99) / 100, 1)
            #expect(ranked.percentile(Double(percent)) == sorted[rank - 1])
            let place = Int.random(in: 0...sorted.count - 1, using: &random)
            #expect(ranked[place] == sorted[place])
        }
    }

    private static func anyNumber(_ random: inout SeededGenerator) -> Double {
        while true {
            let number = Double(bitPattern: random.next())
            if number.isFinite {
                return Bool.random(using: &random) ? number : Double(Int.random(in: -100...100, using: &random)) / 10
            }
        }
    }
}
