# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks and prints their tables; see scripts/bench and scripts/agree."""

import argparse
import sys

from harness import agreement, counts, hunts, inputs, memory
from harness.places import CORPORA, corpus
from harness.programs import bench, rate
from harness.report import Report


def passes():
    """Windows events in memory: reading, evaluating, and the floor under both."""
    for name, path in inputs.windows_json(size=50_000_000):
        told = bench("json", corpus("sigma"), path)
        seconds = told["seconds"]
        for kind, taken in sorted(seconds.items(), key=lambda item: item[1]):
            yield {
                "input": name, "pass": kind.replace("_", " "), "events_per_cpu_second": rate(told["events"], taken),
                "mb_per_cpu_second": round(told["bytes"] / taken / 1e6, 1),
                "of_parse_only": round(seconds["parse_only"] / taken, 2),
            }


def snapshot():
    """Saving the state of a long run while events go on."""
    told = bench("snapshot")
    yield {name: round(value, 3) if isinstance(value, float) else value for name, value in told.items()}


def correlations():
    for row in bench("correlate")["correlations"]:
        yield {
            "kind": row["kind"], "window": row["window"], "hits_per_cpu_second": round(row["events_per_second"]),
        }


PARTS = {
    "passes": ("Windows events as JSON, all public rules, one thread, in memory", passes),
    "audit": ("hunt: raw auditd, public Linux rules and both strategies, one thread", hunts.audit),
    "json": ("hunt: Windows events as JSON lines, all public rules, one thread", hunts.windows_json),
    "evtx": ("hunt: Windows event logs, all public rules, one thread", hunts.windows_logs),
    "kubernetes": ("hunt: Kubernetes audit events, all public rules and both strategies, one thread", hunts.kubernetes),
    "loading": ("hunt over one event: from start to end of the program", hunts.starts),
    "memory": ("hunt: every event an alert on an entity of its own", None),
    "correlations": ("Correlations, by events in the window", correlations),
    "snapshot": ("Saving 100,000 processes and a million window entries while events go on", snapshot),
    "counts": ("What an event costs", counts.rows),
}


def main():
    options = argparse.ArgumentParser(prog="scripts/bench")
    options.add_argument("--check", action="store_true", help="hold counts against the thresholds")
    options.add_argument("--agree", action="store_true", help="hold the engine against the plain evaluator")
    options.add_argument("--only", metavar="PART", nargs="+", choices=PARTS, help="only these parts: %(choices)s")
    options.add_argument(
        "--memory-events", metavar="COUNT", type=int, default=5_000_000, help="events of the part memory: %(default)s")
    chosen = options.parse_args()
    if chosen.check:
        return counts.check()
    if chosen.agree:
        return sys.exit(agreement.holds())
    for name in ("sigma", "evtx", "kubernetes-audit"):
        if not corpus(name):
            print(f"left out: the corpus {name} is not in {CORPORA}", file=sys.stderr)
    report = Report()
    for name in chosen.only or PARTS:
        heading, rows = PARTS[name]
        report.add(name, heading, memory.rows(chosen.memory_events) if name == "memory" else rows())
    report.end()


if __name__ == "__main__":
    main()
