# SPDX-License-Identifier: Apache-2.0
"""Tables on standard output, and the same figures as JSON."""

import json
import os

from harness.places import BUILD, ROOT


class Report:
    """What was measured so far; written after each part, so that a run that is stopped leaves what it has."""

    def __init__(self):
        self.path = os.path.join(BUILD, "figures.json")
        self.figures = {"processors": os.cpu_count()}

    def add(self, name, heading, rows):
        """Prints rows as they come in, all with the keys of the first, and keeps them."""
        rows = list(rows)
        if not rows:
            return
        table(heading, rows)
        self.figures[name] = rows
        with open(self.path, "w") as out:
            json.dump(self.figures, out, indent=1)

    def end(self):
        print(f"\nThe same as JSON: {os.path.relpath(self.path, ROOT)}")


def table(heading, rows):
    keys = list(rows[0])
    cells = [[key.replace("_", " ") for key in keys]] + [[show(row.get(key, "")) for key in keys] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(keys))]
    print(f"\n{heading}")
    for line in cells:
        print("  " + "  ".join(
            text.rjust(width) if column else text.ljust(width) for column, (text, width) in enumerate(zip(line, widths))),
            flush=True)


def show(value):
    return f"{value:,}" if isinstance(value, int) else str(value)
