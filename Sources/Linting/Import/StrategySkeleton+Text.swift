// SPDX-License-Identifier: Apache-2.0
import Strategies

/// The texts of a fresh strategy; its example is a download into memory-backed storage.
extension StrategySkeleton {
    static func document(_ title: String) -> String {
        """
        # \(title)

        ## Goal

        <!-- What is to be caught, in one or two sentences, and the hypothesis: what trace does it leave? -->

        ## Categorization

        ```yaml vedette
        categorization:
          attack: "18.1"
          techniques: [T1105]
          tactics: [command-and-control]
          platforms: [linux]
        ```

        ## Strategy Abstract

        The example rule looks for a download that `curl` writes into `/dev/shm`.

        ```yaml vedette
        data:
          - id: process-starts
            logsource: {product: linux, category: process_creation}
            fields: [Image, CommandLine]
            sources: [auditd]
        ```

        ## Technical Context

        <!-- What a responder who does not know the technique needs in order to judge an alert; a sample event helps. -->

        ## Blind Spots and Assumptions

        ```yaml vedette
        assumptions:
          - id: exec-is-audited
            statement: Every execve of the host is recorded.
            probe: {kind: command, run: "auditctl -l", expect: "execve"}
        blind_spots:
          - id: other-programs
            statement: Downloads by other programs than curl are not seen.
            case: download-by-other-program
            mitigation: Watch writes to /dev/shm instead of command lines.
        ```

        ## False Positives

        <!-- What is benign and looks alike, and what tells it apart: an account, a folder, a parent. -->

        ## Priority

        ```yaml vedette
        priority:
          default: rule
          criteria:
            - level: high
              because: Service accounts download nothing.
              match:
                selection: {User: [www-data, nginx, postgres]}
        ```

        ## Validation

        ```yaml vedette
        validation:
          - id: download-to-memory
            what: curl writes a file into /dev/shm.
            case: download-to-memory
            expect: [example]
        ```

        ## Response

        <!-- What to look at first, and what follows from what is seen: if ..., then ... -->

        ## Additional Resources

        <!-- Links to what the strategy was written from. -->

        """
    }

    static func rule(_ id: String) -> String {
        """
        title: Download into shared memory by curl
        id: \(id)
        status: experimental
        description: curl writes what it downloads into /dev/shm, where it leaves no trace on a disk.
        references:
          - https://attack.mitre.org/techniques/T1105/
        tags:
          - attack.command-and-control
          - attack.t1105
        logsource:
          product: linux
          category: process_creation
        detection:
          selection:
            Image|endswith: /curl
            CommandLine|contains: /dev/shm/
          condition: selection
        falsepositives:
          - Installers that unpack in /dev/shm; their parent is the package manager.
        level: medium

        """
    }

    static let cases =
        """
        # What each recording holds and which rules must fire on it; docs/reference/strategy.md describes the keys.
        cases:
          - name: download-to-memory
            kind: attack
            origin: constructed
            files: [download-to-memory.audit.log]
            fires: [example]
            about: curl writes a download into /dev/shm.
          - name: download-to-home
            kind: benign
            origin: constructed
            files: [download-to-home.audit.log]
            about: curl writes a download into a home directory.
          - name: download-by-other-program
            kind: miss
            origin: constructed
            files: [download-by-other-program.audit.log]
            about: wget does the same, which the example rule does not look for.

        """
}
