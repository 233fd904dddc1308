// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Sigma

/// Whether parsed rules, and what replays found, are kept between runs.
struct CacheOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-cache"),
        help: "Parses every rule file and replays every recording anew, and keeps nothing in the user's cache folder.")
    var isOff = false

    /// The cache to use; nil for none.
    var cache: RuleCache? { isOff ? nil : RuleCache(environment: ProcessInfo.processInfo.environment) }
}
