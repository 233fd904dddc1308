# SPDX-License-Identifier: Apache-2.0
"""Instructions and allocations, which do not depend on the machine's mood."""

import json
import os
import re
import subprocess
import sys
import tempfile

from harness import logs
from harness.places import BENCH, ROOT, STRATEGIES, corpus, event_logs, recordings


def count(tool, pattern, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        # valgrind does not understand Swift's debug information; symbols are not needed for totals.
        program = os.path.join(folder, "bench")
        subprocess.run(["objcopy", "--strip-debug", os.path.realpath(BENCH), program], check=True)
        told = subprocess.run(["valgrind", *tool, program, *arguments], capture_output=True, cwd=folder)
        found = re.search(pattern, told.stderr.decode())
        if told.returncode or not found:
            sys.exit("bench: valgrind gave no count:\n" + told.stderr.decode()[-2000:])
        return int(found.group(1).replace(",", "")), json.loads(told.stdout)


COUNTERS = [
    ("instructions", ["--tool=callgrind", "--callgrind-out-file=/dev/null"], r"Collected : ([\d,]+)"),
    ("allocations", ["--tool=memcheck", "--leak-check=no"], r"total heap usage: ([\d,]+) allocs"),
]


def per_event(command, few, many):
    """What an event costs: the difference between doing something often and doing it seldom."""
    row = {}
    for name, tool, pattern in COUNTERS:
        (first, _), (second, told) = (count(tool, pattern, *command, str(times)) for times in (few, many))
        row["events"] = told["events"]
        row[name + "_per_event"] = round((second - first) / (many - few) / told["events"], 4)
    return row


def rows(public=True):
    """Instructions and allocations an event costs the engine, for each strategy over its own recorded telemetry, and what
    it costs to read that telemetry; the same for public rules and events where they are there and wanted (minutes)."""
    for strategy in STRATEGIES:
        telemetry = os.path.join(strategy, "telemetry")
        sources = [path for path in recordings("*.jsonl", "*.log") if os.path.dirname(path) == telemetry][:60]
        yield {"what": "match " + os.path.basename(strategy)} | per_event(
            ["match", os.path.join(strategy, "rules"), *sources], 1, 11)
    sigma = corpus("sigma") if public else None
    events = logs.as_json("evtx.jsonl", event_logs()) if sigma and event_logs() else None
    if sigma:
        yield {"what": "match public Linux rules, audit records"} | per_event(
            ["match", os.path.join(sigma, "rules", "linux"), *recordings("*.audit.log")], 1, 3)
    if events:
        yield {"what": "match all public rules, Windows"} | per_event(["match", sigma, events], 1, 3)
        yield {"what": "read Windows events, JSON"} | per_event(["read", events], 1, 3)
    for what, pattern, times in [("read JSON lines", "*.jsonl", 10), ("read audit logs", "*.audit.log", 2)]:
        with tempfile.NamedTemporaryFile(suffix=pattern[1:]) as joined:
            # One input, or opening files is what would be counted.
            joined.write(b"".join(open(path, "rb").read() for path in recordings(pattern)) * times)
            joined.flush()
            yield {"what": what} | per_event(["read", joined.name], 1, 3)


def check():
    """Ends the program when an event costs more than the thresholds allow."""
    thresholds = json.load(open(os.path.join(ROOT, "Benchmarks", "thresholds.json")))
    failed = False
    for row in rows(public=False):
        for name, most in thresholds.get(row["what"], {}).items():
            holds = row[name] <= most
            failed = failed or not holds
            print(f"{'ok  ' if holds else 'FAIL'} {row['what']}: {row[name]} {name.replace('_', ' ')}, at most {most}")
    if failed:
        sys.exit("bench: an event has become dearer; if that is meant, say why and raise Benchmarks/thresholds.json")
