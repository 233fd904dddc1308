# SPDX-License-Identifier: Apache-2.0
"""Memory and the cost of an alert: a gigabyte of events, each of which matches on an entity of its own.

The events are made while they are read, through a pipe, so nothing of them lies on the disk. A second run over as many
events that match nothing tells what reading and evaluating takes; what is left is what alerts cost.
"""

import os
import resource
import subprocess
import tempfile

from harness.places import VEDETTE
from harness.programs import timed

RULE = """\
title: Program of the benchmark
id: 5d1c9f0e-6e0b-4a55-9f0c-2f7a4f0f3a11
status: test
description: Matches every other kind of event the benchmark makes.
logsource: {category: process_creation, product: linux}
detection:
  selection: {CommandLine|contains: benchmark-marker}
  condition: selection
level: high
"""
# What a run may take at most, so that one that keeps everything ends by itself and not the machine.
MOST_BYTES = 8 << 30
# An ECS record of a process start on a host, by a user and in a session of its own.
EVENT = (
    '{"@timestamp":"2026-%02d-%02dT%02d:%02d:%02d.000Z","event":{"category":["process"],"type":["start"]},"host":{"name":'
    '"h%d","os":{"type":"linux"}},"user":{"name":"u%d"},"process":{"pid":%d,"executable":"/usr/bin/p","command_line":'
    '"p --%s %d"}}\n')


def events(count, marker, out):
    """Writes so many events, one a tenth of a second."""
    lines = []
    for number in range(count):
        seconds = number // 10
        day = seconds // 86400
        lines.append(EVENT % (
            1 + day // 28 % 12, 1 + day % 28, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60, number, number,
            number % 4_000_000 + 2, marker, number))
        if len(lines) == 4096:
            out.write("".join(lines).encode())
            lines.clear()
    out.write("".join(lines).encode())


def run(count, marker):
    """A hunt over such events on standard input: exit code, what it took, alerts written."""
    with tempfile.TemporaryDirectory() as folder:
        rule = os.path.join(folder, "rule.yml")
        with open(rule, "w") as out:
            out.write(RULE)
        reading, writing = os.pipe()
        maker = os.fork()
        if maker == 0:
            os.close(reading)
            try:
                with os.fdopen(writing, "wb") as out:
                    events(count, marker, out)
            except BrokenPipeError:
                pass
            os._exit(0)
        os.close(writing)
        with tempfile.TemporaryFile(dir=folder) as alerts:
            code, taken = timed(
                [VEDETTE, "hunt", "--no-cache", "--threads", "1", "--output", "jsonl", "-q", "--rules", rule, "-"],
                stdin=reading, stdout=alerts, stderr=subprocess.DEVNULL,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES)))
            os.close(reading)
            os.waitpid(maker, 0)
            alerts.seek(0)
            taken["alerts"] = sum(block.count(b"\n") for block in iter(lambda: alerts.read(1 << 20), b""))
    return code, taken


def rows(count):
    """Figures of one pair of runs over `count` events; 5,000,000 are a little more than 1 GB."""
    failed, silent = run(count, "nothing-to-see")
    code, loud = run(count, "benchmark-marker")
    size = len(EVENT % (1, 1, 1, 1, 1, count, count, 99999, "benchmark-marker", count)) * count
    row = {
        "events": count, "mb": size // 1_000_000, "alerts": loud["alerts"], "peak_mb": round(loud["peak_mb"]),
        "peak_mb_without_alerts": round(silent["peak_mb"]), "cpu_seconds": round(loud["cpu"], 1),
        "microseconds_per_alert": (
            round((loud["cpu"] - silent["cpu"]) / loud["alerts"] * 1e6, 1) if loud["alerts"] else "-"),
    }
    row["ended"] = "well" if code == 0 and failed == 0 else f"code {code or failed}; may take {MOST_BYTES >> 30} GB"
    return [row]
