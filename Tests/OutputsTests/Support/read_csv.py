# SPDX-License-Identifier: Apache-2.0
"""Reads comma-separated values from standard input; tells how many rows of how many cells there are."""
import csv
import io
import sys

text = sys.stdin.buffer.read().decode("utf-8")
rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
widths = {len(row) for row in rows}
if len(widths) != 1 or any(None in row or None in row.values() for row in rows):
    sys.exit("rows differ in width: %s" % sorted(widths))
for row in rows:
    if any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row.values()):
        sys.exit("a cell a spreadsheet would run: %s" % row)
print("%d rows of %d" % (len(rows), widths.pop()))
