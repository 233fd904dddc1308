// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Outputs
import Readers
import Sigma

extension Level: @retroactive ExpressibleByArgument {}
extension AlertFormat: @retroactive ExpressibleByArgument {}
extension Format: @retroactive ExpressibleByArgument {}
