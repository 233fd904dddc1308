# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks and makes the table; see scripts/bench and scripts/agree."""

import argparse
import glob
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "Benchmarks", ".build")
BENCH = os.path.join(BUILD, "release", "bench")
VEDETTE = os.path.join(ROOT, ".build", "release", "vedette")
DATA = os.path.join(BUILD, "data")
CORPORA = os.environ.get("VEDETTE_CORPORA", os.path.join(ROOT, "..", "shared", "corpora"))
STRATEGIES = sorted(glob.glob(os.path.join(ROOT, "Strategies", "*", "rules")))


def corpus(name):
    path = os.path.join(CORPORA, name)
    return path if os.path.exists(path) else None


def bench(*arguments):
    return json.loads(subprocess.run([BENCH, *arguments], check=True, capture_output=True).stdout)


def rate(count, seconds):
    return round(count / seconds) if seconds else 0


# Whole runs.


def hunt(inputs, rules, threads, cache=None, rounds=3):
    """The best of a few runs of `vedette hunt`: seconds of processing, seconds in all, peak memory in MB."""
    best = None
    for _ in range(rounds):
        with tempfile.NamedTemporaryFile() as summary:
            options = [o for path in rules for o in ("--rules", path)]
            environment = dict(os.environ)
            if cache:
                environment.update(XDG_CACHE_HOME=cache, XDG_STATE_HOME=cache)
            else:
                options.append("--no-cache")
            start = time.perf_counter()
            process = subprocess.Popen(
                [VEDETTE, "hunt", "--threads", str(threads), "--output", "jsonl", "--summary", summary.name, *options,
                 *inputs],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.perf_counter() - start
            told = json.load(open(summary.name))
        figures = {
            "seconds": told["duration_seconds"], "wall_seconds": wall, "peak_mb": usage.ru_maxrss / 1024,
            "events": told["events"], "records": told["records"], "bytes": told["bytes"],
        }
        if best is None or figures["seconds"] < best["seconds"]:
            best = figures
    return best


def run_of(name, inputs, rules):
    one, two = hunt(inputs, rules, 1), hunt(inputs, rules, 2)
    return {
        "input": name, "events": one["events"], "records": one["records"],
        "events_per_second": rate(one["events"], one["seconds"]),
        "records_per_second": rate(one["records"], one["seconds"]),
        "mb_per_second": round(one["bytes"] / one["seconds"] / 1e6, 1),
        "two_threads": round(one["seconds"] / two["seconds"], 2),
        "peak_mb": round(one["peak_mb"]), "peak_mb_two_threads": round(two["peak_mb"]),
    }


# Inputs.


def repeated(name, sources, size):
    """A file in which the sources follow one another again and again up to a size."""
    os.makedirs(DATA, exist_ok=True)
    path = os.path.join(DATA, name)
    if not os.path.exists(path) or os.path.getsize(path) < size:
        parts = b"".join(open(source, "rb").read() for source in sources)
        with open(path + ".new", "wb") as out:
            for _ in range(size // max(len(parts), 1) + 1):
                out.write(parts)
        os.replace(path + ".new", path)
    return path


def copied(name, folder, times):
    """A folder with a folder so often, for runs long enough to be timed."""
    target = os.path.join(DATA, name)
    if not os.path.exists(target):
        shutil.rmtree(target + ".new", ignore_errors=True)
        for number in range(times):
            shutil.copytree(folder, os.path.join(target + ".new", str(number)))
        os.replace(target + ".new", target)
    return target


def dumped_logs():
    """The event logs as JSON lines, made by the independent reader; None where that is not installed."""
    logs = corpus("evtx")
    try:
        from evtx import PyEvtxParser
    except ImportError:
        return None
    if not logs:
        return None
    os.makedirs(DATA, exist_ok=True)
    path = os.path.join(DATA, "evtx.jsonl")
    if not os.path.exists(path):
        with open(path + ".new", "w") as out:
            for log in sorted(glob.glob(os.path.join(logs, "**", "*.evtx"), recursive=True)):
                for record in PyEvtxParser(log).records_json():
                    value = json.loads(record["data"])
                    out.write(json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n")
        os.replace(path + ".new", path)
    return path


def other_reader():
    """Records a second of the independent reader of event logs, which only makes JSON of them; one thread."""
    from evtx import PyEvtxParser

    logs = sorted(glob.glob(os.path.join(corpus("evtx"), "**", "*.evtx"), recursive=True))
    best = None
    for _ in range(5):
        start, count = time.perf_counter(), 0
        for log in logs:
            for _ in PyEvtxParser(log, number_of_threads=1).records_json():
                count += 1
        seconds = time.perf_counter() - start
        best = min(best or seconds, seconds)
    return rate(count, best)


# Counts, which do not depend on the machine's mood.


def count(tool, pattern, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        # valgrind does not understand Swift's debug information; symbols are not needed for totals.
        program = os.path.join(folder, "bench")
        subprocess.run(["objcopy", "--strip-debug", os.path.realpath(BENCH), program], check=True)
        told = subprocess.run(
            ["valgrind", *tool, program, *arguments], capture_output=True, cwd=folder)
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


def counts(public=True):
    """Instructions and allocations an event costs the engine, for each strategy over its own recorded telemetry, and what
    it costs to read that telemetry; the same for public rules and events where they are there and wanted (minutes)."""
    rows = []
    for rules in STRATEGIES:
        telemetry = os.path.join(os.path.dirname(rules), "telemetry")
        inputs = sorted(glob.glob(os.path.join(telemetry, "*.jsonl")) + glob.glob(os.path.join(telemetry, "*.log")))[:60]
        rows.append({"what": "match " + os.path.basename(os.path.dirname(rules))}
                    | per_event(["match", rules, *inputs], 1, 11))
    sigma, events = corpus("sigma"), dumped_logs() if public else None
    if public and sigma and events:
        rows.append({"what": "match all public rules, Windows"} | per_event(["match", sigma, events], 1, 3))
        rows.append({"what": "read Windows events, JSON"} | per_event(["read", events], 1, 3))
    for what, pattern, times in [("read JSON lines", "*.jsonl", 10), ("read audit logs", "*.audit.log", 2)]:
        with tempfile.NamedTemporaryFile(suffix=pattern[1:]) as joined:
            inputs = sorted(glob.glob(os.path.join(ROOT, "Strategies", "*", "telemetry", pattern)))
            # One input, or opening files is what would be counted.
            joined.write(b"".join(open(path, "rb").read() for path in inputs) * times)
            joined.flush()
            rows.append({"what": what} | per_event(["read", joined.name], 1, 3))
    return rows


def check():
    thresholds = json.load(open(os.path.join(ROOT, "Benchmarks", "thresholds.json")))
    failed = False
    for row in counts(public=False):
        for name, most in thresholds.get(row["what"], {}).items():
            holds = row[name] <= most
            failed = failed or not holds
            print(f"{'ok  ' if holds else 'FAIL'} {row['what']}: {row[name]} {name.replace('_', ' ')}, at most {most}")
    if failed:
        sys.exit("bench: an event has become dearer; if that is meant, say why and raise Benchmarks/thresholds.json")


# Agreement.


def unwrapped(name, source):
    """The events of a labelled recording, without their labels."""
    os.makedirs(DATA, exist_ok=True)
    path = os.path.join(DATA, name)
    with open(source) as lines, open(path, "w") as out:
        for line in lines:
            out.write(json.dumps(json.loads(line)["event"]) + "\n")
    return path


def agree():
    """Holds the engine against the plain evaluator on every event there is; ends the program."""
    strategies = [os.path.dirname(rules) for rules in STRATEGIES]
    sigma, logs, linux, kubernetes = (corpus(name) for name in ("sigma", "evtx", "linux", "kubernetes-audit"))
    dumped = dumped_logs()
    inputs = [path for path in (logs, dumped, linux) if path]
    if kubernetes:
        inputs.append(unwrapped("kubernetes.jsonl", os.path.join(kubernetes, "labelled.jsonl")))
    for name, path in (("sigma", sigma), ("evtx", logs), ("linux", linux), ("kubernetes-audit", kubernetes)):
        if not path:
            print(f"left out: the corpus {name} is not in {CORPORA}")
    if logs and not dumped:
        print("left out: event logs as JSON; the independent reader of event logs is not installed")
    start = time.perf_counter()
    status = subprocess.run(
        [BENCH, "agree", "--rules", *([sigma] if sigma else []), "--strategies", *strategies, "--inputs", *inputs]
    ).returncode
    print(f"{time.perf_counter() - start:.0f} s")
    sys.exit(status)


# The table.


def table(heading, rows):
    if not rows:
        return
    keys = list(rows[0])
    cells = [[key.replace("_", " ") for key in keys]] + [[show(row[key]) for key in keys] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(keys))]
    print(f"\n{heading}")
    for line in cells:
        print("  " + "  ".join(text.rjust(width) if column else text.ljust(width)
                               for column, (text, width) in enumerate(zip(line, widths))))


def show(value):
    return f"{value:,}" if isinstance(value, int) else str(value)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--check", action="store_true")
    options.add_argument("--agree", action="store_true")
    chosen = options.parse_args()
    if chosen.check:
        return check()
    if chosen.agree:
        return agree()
    figures = {"processors": os.cpu_count()}
    sigma, logs, linux = corpus("sigma"), corpus("evtx"), corpus("linux")
    missing = [name for name in ("sigma", "evtx", "linux") if not corpus(name)]
    for name in missing:
        print(f"left out: the corpus {name} is not in {CORPORA}", file=sys.stderr)

    events = dumped_logs()
    if sigma and events:
        told = bench("json", sigma, events)
        seconds = told["seconds"]
        figures["passes"] = [
            {"pass": name, "events_per_second": rate(told["events"], value),
             "mb_per_second": round(told["bytes"] / value / 1e6, 1),
             "of_parse_only": round(seconds["parse_only"] / value, 3)}
            for name, value in sorted(seconds.items(), key=lambda item: item[1])
        ]
        table(f"Windows events as JSON, {told['rules']} rules, one thread, in memory", figures["passes"])

    runs = []
    if sigma and events:
        big = repeated("events.jsonl", [events], 250_000_000)
        runs.append(run_of("JSON lines, all rules", [big], [sigma]))
    if sigma and logs:
        runs.append(run_of("event logs (EVTX), all rules", [copied("logs", logs, 20)], [sigma]))
    audit = sorted(glob.glob(os.path.join(ROOT, "Strategies", "*", "telemetry", "*.audit.log")))
    if audit:
        big = repeated("audit.log", audit, 150_000_000)
        rules = STRATEGIES + ([os.path.join(sigma, "rules", "linux")] if sigma else [])
        runs.append(run_of("audit log, Linux rules and both strategies", [big], rules))
    cluster = corpus("kubernetes-audit")
    if sigma and cluster:
        big = repeated("kubernetes.jsonl", [os.path.join(cluster, "labelled.jsonl")], 100_000_000)
        runs.append(run_of("Kubernetes audit log, all rules and both strategies", [big], [sigma] + STRATEGIES))
    figures["runs"] = runs
    table("Whole runs of vedette hunt, loading left out", runs)

    if sigma and logs:
        try:
            figures["other_reader_records_per_second"] = other_reader()
            print(f"\nThe independent reader of event logs, JSON only: "
                  f"{figures['other_reader_records_per_second']:,} records/s")
        except ImportError:
            print("left out: the independent reader of event logs is not installed", file=sys.stderr)

    if sigma:
        with tempfile.TemporaryDirectory() as folder:
            empty = os.path.join(folder, "empty.jsonl")
            open(empty, "w").write('{"a":1}\n')
            cold = hunt([empty], [sigma], 1)
            hunt([empty], [sigma], 1, cache=folder, rounds=1)
            warm = hunt([empty], [sigma], 1, cache=folder, rounds=5)
            figures["loading"] = [
                {"start": "cold, no cache", "seconds": round(cold["wall_seconds"], 3), "peak_mb": round(cold["peak_mb"])},
                {"start": "warm", "seconds": round(warm["wall_seconds"], 3), "peak_mb": round(warm["peak_mb"])},
            ]
            table("A run over one event: from start to end of the program, all rules", figures["loading"])

    figures["correlations"] = [
        {"kind": row["kind"], "window": row["window"], "hits_per_second": round(row["events_per_second"])}
        for row in bench("correlate")["correlations"]
    ]
    table("Correlations, by events in the window", figures["correlations"])
    figures["counts"] = counts()
    table("What an event costs", figures["counts"])

    with open(os.path.join(BUILD, "figures.json"), "w") as out:
        json.dump(figures, out, indent=1)
    print(f"\nThe same as JSON: {os.path.relpath(os.path.join(BUILD, 'figures.json'), ROOT)}; "
          f"peak of this script's own children: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
