// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Outputs
import Readers
import Sigma

extension Level: ExpressibleByArgument {}
extension AlertFormat: ExpressibleByArgument {}
extension Format: ExpressibleByArgument {}
