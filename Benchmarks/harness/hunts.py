# SPDX-License-Identifier: Apache-2.0
"""Whole runs of `vedette hunt`, and what others need to read the same bytes."""

import os
import tempfile
import time

from harness import inputs, logs
from harness.places import STRATEGIES, corpus
from harness.programs import best, bench, hunt, rate

ROUNDS = 3


def loading(rules, strategies):
    """What a run over one event takes: from start to end of the program, with and without the cache of rules."""
    with tempfile.TemporaryDirectory() as folder:
        one = os.path.join(folder, "one.jsonl")
        with open(one, "w") as out:
            out.write('{"a":1}\n')
        cold = best([hunt([one], rules, strategies) for _ in range(ROUNDS)], "cpu")
        hunt([one], rules, strategies, cache=folder)
        warm = best([hunt([one], rules, strategies, cache=folder) for _ in range(ROUNDS)], "cpu")
    return cold, warm


def row(name, path, rules, strategies, unit):
    """Runs with one and with two threads, taking turns; what loading takes is left out of the first figures."""
    files = logs.files(path) if os.path.isdir(path) else [path]
    start, _ = loading(rules, strategies)
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(hunt([path], rules, strategies, threads=1))
        two.append(hunt([path], rules, strategies, threads=2))
    cpu, wall, double = best(one, "cpu"), best(one, "seconds"), best(two, "seconds")
    count = cpu[unit]
    return files, {
        "input": name, unit: count, "alerts": cpu["alerts"],
        f"{unit}_per_cpu_second": rate(count, cpu["cpu"] - start["cpu"]),
        f"{unit}_per_second": rate(count, wall["seconds"]),
        "mb_per_cpu_second": round(cpu["bytes"] / max(cpu["cpu"] - start["cpu"], 1e-9) / 1e6, 1),
        "two_threads": round(wall["seconds"] / double["seconds"], 2),
        "peak_mb": round(cpu["peak_mb"]), "peak_mb_two_threads": round(best(two, "cpu")["peak_mb"]),
        "load_cpu_seconds": round(start["cpu"], 2),
    }


def audit():
    sigma = corpus("sigma")
    rules = [os.path.join(sigma, "rules", "linux")] if sigma else []
    for name, path in inputs.audit():
        yield row(name, path, rules, STRATEGIES, "records")[1]


def windows_json():
    for name, path in inputs.windows_json():
        _, figures = row(name, path, [corpus("sigma")], [], "events")
        # The floor of the same bytes in the same run: see `Bench.swift`.
        floor = bench("floor", path)
        figures["of_parse_only"] = round(
            figures["events_per_cpu_second"] / rate(floor["events"], floor["seconds"]["parse_only"]), 2)
        yield figures


def windows_logs():
    for name, path in inputs.windows_logs():
        files, figures = row(name, path, [corpus("sigma")], [], "records")
        other = other_reader(files)
        figures["other_reader_per_cpu_second"] = other or "-"
        figures["of_other_reader"] = round(figures["records_per_cpu_second"] / other, 2) if other else "-"
        yield figures


def kubernetes():
    for name, path in inputs.kubernetes():
        rules = [path for path in [corpus("sigma")] if path]
        yield row(name, path, rules, STRATEGIES, "events")[1]


def other_reader(files):
    """Records a CPU second of the independent reader of event logs, which only makes JSON of them, on one thread; None
    where it is not installed."""
    try:
        from evtx import PyEvtxParser
    except ImportError:
        return None
    taken = []
    for _ in range(ROUNDS):
        start, count = time.process_time(), 0
        for log in files:
            for _ in PyEvtxParser(log, number_of_threads=1).records_json():
                count += 1
        taken.append((time.process_time() - start, count))
    seconds, count = min(taken)
    return rate(count, seconds)


def starts():
    sigma = corpus("sigma")
    sets = [("both strategies", [], STRATEGIES)]
    if sigma:
        sets.insert(0, ("all public rules", [sigma], []))
    for name, rules, strategies in sets:
        cold, warm = loading(rules, strategies)
        for start, run in (("no cache", cold), ("warm", warm)):
            yield {
                "rules": name, "start": start, "cpu_seconds": round(run["cpu"], 3),
                "wall_seconds": round(run["wall"], 3), "peak_mb": round(run["peak_mb"]),
            }
