# SPDX-License-Identifier: Apache-2.0
"""Checks JSON lines on standard input against the JSON Schema named as argument.

Needs the package jsonschema. Exit: 0 all valid, 1 some are not, 3 the package is missing.
"""
import json
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError as missing:
    print(f"missing: {missing.name}")
    sys.exit(3)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
check = Draft202012Validator(schema)
bad = 0
count = 0
for number, line in enumerate(sys.stdin, 1):
    count += 1
    for error in check.iter_errors(json.loads(line)):
        bad += 1
        place = "/".join(str(part) for part in error.absolute_path)
        print(f"line {number}: {place}: {error.message[:300]}")
if count == 0:
    bad += 1
    print("nothing to check")
sys.exit(1 if bad else 0)
