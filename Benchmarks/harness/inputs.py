# SPDX-License-Identifier: Apache-2.0
"""What is measured: events with their alerts as they were recorded, and beside them those no rule fires on."""

import json
import os

from harness import advance, logs
from harness.programs import bench
from harness.places import STRATEGIES, corpus, event_logs, made, recordings

# Names say which version of the data it is: what was made by other versions is not taken up.
VERSION = "2"


def advanced(name, function, sources, size):
    """A file of copies of sources, made by a function of `advance`."""

    def make(path):
        with open(path, "wb") as out:
            function(sources, size, out)

    return made(f"{name}-{VERSION}-{size // 1_000_000}", make)


def quiet(name, rules, strategies, sources):
    """Those of some files on which no rule matches anything; remembered under a name."""

    def make(path):
        told = bench("matches", "--rules", *rules, "--strategies", *strategies, "--inputs", *sources)
        kept = [row["path"] for row in told["inputs"] if row["matches"] == 0 and row["events"] > 0]
        with open(path, "w") as out:
            json.dump(kept, out)

    with open(made(f"{name}-{VERSION}.json", make)) as kept:
        return [path for path in json.load(kept) if os.path.exists(path)]


def audit(size=150_000_000):
    """Audit logs: all recordings, and those nothing fires on."""
    sigma = corpus("sigma")
    rules = [os.path.join(sigma, "rules", "linux")] if sigma else []
    sources = recordings("*.audit.log")
    yield "audit log, with its alerts", advanced("audit", advance.audit, sources, size)
    silent = quiet("audit-quiet", rules, STRATEGIES, sources)
    if silent:
        yield "audit log, quiet", advanced("audit-quiet", advance.audit, silent, size)


def windows_json(size=250_000_000):
    """Windows events as JSON lines: of all public event logs, and of those nothing fires on."""
    sigma, sources = corpus("sigma"), event_logs()
    if not sigma or not sources:
        return
    all_events = logs.as_json("evtx.jsonl", sources)
    if not all_events:
        return
    yield "JSON lines, with their alerts", advanced("events", advance.json_lines, [all_events], size)
    silent = quiet("evtx-quiet", [sigma], [], sources)
    if silent:
        yield "JSON lines, quiet", advanced(
            "events-quiet", advance.json_lines, [logs.as_json(f"evtx-quiet-{VERSION}.jsonl", silent)], size)


def windows_logs(copies=20):
    """Windows event logs: all public ones, and those nothing fires on."""
    sigma, sources = corpus("sigma"), event_logs()
    if not sigma or not sources:
        return
    yield "event logs (EVTX), with their alerts", logs.folder(f"logs-{VERSION}-{copies}", sources, copies)
    silent = quiet("evtx-quiet", [sigma], [], sources)
    if silent:
        times = 4 * copies
        yield "event logs (EVTX), quiet", logs.folder(f"logs-quiet-{VERSION}-{times}", silent, times)


def kubernetes(size=100_000_000):
    """Kubernetes audit events."""
    cluster = corpus("kubernetes-audit")
    if cluster:
        source = os.path.join(cluster, "labelled.jsonl")
        yield "Kubernetes audit log, with its alerts", advanced("kubernetes", advance.json_lines, [source], size)
