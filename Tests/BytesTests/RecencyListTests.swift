// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct RecencyListTests {
    private static func order(_ list: RecencyList) -> [Int] {
        var places: [Int] = []
        var next = list.newest
        while let place = next, places.count < 100 {
            places.append(place)
            next = list.older(than: place)
        }
        for (older, newer) in zip(places.dropFirst(), places) { #expect(list.newer(than: older) == newer) }
        return places
    }

    @Test func `places stand in the order of their last use`() {
        var list = RecencyList()
        #expect(list.newest == nil && list.oldest == nil)
        for place in [3, 0, 7] { list.insert(place) }
        #expect(Self.order(list) == [7, 0, 3] && list.oldest == 3)
        list.touch(3)
        list.touch(3)
        #expect(Self.order(list) == [3, 7, 0] && list.oldest == 0)
        list.remove(7)
        #expect(Self.order(list) == [3, 0])
        list.remove(0)
        #expect(Self.order(list) == [3] && list.oldest == 3)
        list.remove(3)
        #expect(list.newest == nil && list.oldest == nil)
    }

    @Test func `any run of uses gives the order a plain list has`() {
        var generator = SystemRandomNumberGenerator()
        var list = RecencyList()
        var plain: [Int] = []
        for _ in 0..<2000 {
            let place = Int.random(in: 0..<20, using: &generator)
            if let at = plain.firstIndex(of: place) {
                plain.remove(at: at)
                if Bool.random(using: &generator) {
                    list.remove(place)
                } else {
                    list.touch(place)
                    plain.insert(place, at: 0)
                }
            } else {
                list.insert(place)
                plain.insert(place, at: 0)
            }
            #expect(Self.order(list) == plain)
            #expect(list.oldest == plain.last)
        }
    }
}
