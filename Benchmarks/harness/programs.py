# SPDX-License-Identifier: Apache-2.0
"""Runs the programs that are measured; CPU time beside wall time, for the first survives a busy machine."""

import json
import os
import subprocess
import tempfile
import time

from harness.places import BENCH, VEDETTE


def bench(*arguments):
    """What a pass in one process found."""
    return json.loads(subprocess.run([BENCH, *arguments], check=True, capture_output=True).stdout)


def timed(command, **options):
    """A run's exit code, its wall and CPU seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, **options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, {
        "wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024,
    }


def hunt_command(inputs, rules, strategies, threads, summary, cached):
    options = [word for path in rules for word in ("--rules", path)]
    options += [word for path in strategies for word in ("--strategies", path)]
    if not cached:
        options.append("--no-cache")
    return [VEDETTE, "hunt", "--threads", str(threads), "--output", "jsonl", "--summary", summary, *options, *inputs]


def hunt(inputs, rules, strategies=(), threads=1, cache=None):
    """One run of `vedette hunt`: what it took, and what it tells of its input. Alerts are written as JSON lines."""
    environment = dict(os.environ)
    if cache:
        environment.update(XDG_CACHE_HOME=cache, XDG_STATE_HOME=cache)
    with tempfile.NamedTemporaryFile() as summary, tempfile.TemporaryFile() as alerts:
        code, taken = timed(
            hunt_command(inputs, rules, strategies, threads, summary.name, cache is not None),
            stdout=alerts, stderr=subprocess.DEVNULL, env=environment)
        if code:
            raise RuntimeError(f"vedette hunt ended with code {code} on {inputs[0]}")
        told = json.load(open(summary.name))
        alerts.seek(0)
        taken["alerts"] = sum(block.count(b"\n") for block in iter(lambda: alerts.read(1 << 20), b""))
    taken["seconds"] = told["duration_seconds"]
    return taken | {name: told[name] for name in ("events", "records", "bytes")}


def best(runs, name):
    """The run of several that took least."""
    return min(runs, key=lambda run: run[name])


def rate(count, seconds):
    return round(count / seconds) if seconds > 0 else 0
