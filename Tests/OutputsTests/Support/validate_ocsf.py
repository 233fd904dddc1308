# SPDX-License-Identifier: Apache-2.0
"""Checks OCSF events (one JSON object a line, standard input) against the published schema of the version they name.

Needs the packages ocsf-json-schema and jsonschema. Exit: 0 all valid, 1 some are not, 3 a package is missing.
"""
import json
import sys

try:
    from jsonschema import Draft202012Validator
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
except ImportError as missing:
    print(f"missing: {missing.name}")
    sys.exit(3)

validators = {}


def validator(version, uid, profiles):
    key = (version, uid, tuple(profiles))
    if key not in validators:
        schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version))
        name = schema.lookup_class_name_from_uid(uid)
        validators[key] = Draft202012Validator(schema.get_class_schema(name, list(profiles)))
    return validators[key]


bad = 0
count = 0
for number, line in enumerate(sys.stdin, 1):
    event = json.loads(line)
    count += 1
    metadata = event["metadata"]
    check = validator(metadata["version"], event["class_uid"], sorted(metadata.get("profiles", [])))
    for error in check.iter_errors(event):
        bad += 1
        place = "/".join(str(part) for part in error.absolute_path)
        print(f"line {number}: {place}: {error.message[:300]}")
    # What the schema says in words only: type_uid = class_uid * 100 + activity_id.
    if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
        bad += 1
        print(f"line {number}: type_uid does not follow from class_uid and activity_id")
if count == 0:
    bad += 1
    print("no events to check")
sys.exit(1 if bad else 0)
