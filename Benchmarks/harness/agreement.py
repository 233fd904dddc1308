# SPDX-License-Identifier: Apache-2.0
"""Whether the engine and the plain evaluator agree on every event there is."""

import json
import os
import subprocess
import time

from harness import logs
from harness.places import BENCH, CORPORA, STRATEGIES, corpus, event_logs, made


def unwrapped(name, source):
    """The events of a labelled recording, without their labels."""

    def make(path):
        with open(source) as lines, open(path, "w") as out:
            for line in lines:
                out.write(json.dumps(json.loads(line)["event"]) + "\n")

    return made(name, make)


def holds():
    """Holds the one against the other; gives the exit code."""
    sigma, evtx, linux, kubernetes = (corpus(name) for name in ("sigma", "evtx", "linux", "kubernetes-audit"))
    dumped = logs.as_json("evtx.jsonl", event_logs()) if evtx else None
    inputs = [path for path in (evtx, dumped, linux) if path]
    if kubernetes:
        inputs.append(unwrapped("kubernetes.jsonl", os.path.join(kubernetes, "labelled.jsonl")))
    for name, path in (("sigma", sigma), ("evtx", evtx), ("linux", linux), ("kubernetes-audit", kubernetes)):
        if not path:
            print(f"left out: the corpus {name} is not in {CORPORA}")
    if evtx and not dumped:
        print("left out: event logs as JSON; the independent reader of event logs is not installed")
    start = time.perf_counter()
    status = subprocess.run(
        [BENCH, "agree", "--rules", *([sigma] if sigma else []), "--strategies", *STRATEGIES, "--inputs", *inputs]
    ).returncode
    print(f"{time.perf_counter() - start:.0f} s")
    return status
