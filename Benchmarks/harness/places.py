# SPDX-License-Identifier: Apache-2.0
"""Where programs, rules and data are."""

import glob
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "Benchmarks", ".build")
BENCH = os.path.join(BUILD, "release", "bench")
VEDETTE = os.path.join(ROOT, ".build", "release", "vedette")
DATA = os.path.join(BUILD, "data")
CORPORA = os.environ.get("VEDETTE_CORPORA", os.path.join(ROOT, "..", "shared", "corpora"))
STRATEGIES = sorted(os.path.dirname(rules) for rules in glob.glob(os.path.join(ROOT, "Strategies", "*", "rules")))


def corpus(name):
    """A public corpus, or None where it is not."""
    path = os.path.join(CORPORA, name)
    return path if os.path.exists(path) else None


def recordings(*patterns):
    """Recorded telemetry of all strategies."""
    found = []
    for strategy in STRATEGIES:
        for pattern in patterns:
            found += glob.glob(os.path.join(strategy, "telemetry", pattern))
    return sorted(found)


def event_logs():
    """The public Windows event logs."""
    logs = corpus("evtx")
    return sorted(glob.glob(os.path.join(logs, "**", "*.evtx"), recursive=True)) if logs else []


def made(name, make):
    """A file or folder of the data folder, made by `make(path)` when it is not there."""
    os.makedirs(DATA, exist_ok=True)
    path = os.path.join(DATA, name)
    if not os.path.exists(path):
        make(path + ".new")
        os.replace(path + ".new", path)
    return path
