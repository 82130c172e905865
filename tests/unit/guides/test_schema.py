"""The JSON schema that editors use."""

import json
from typing import Any

from rehearse.guides.library import GuideLibrary
from rehearse.guides.schema import field_meanings

SCHEMA: dict[str, Any] = GuideLibrary.schema()


def test_it_is_plain_json_and_names_its_dialect() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"].endswith("2020-12/schema")


def test_fields_and_what_must_be_there() -> None:
    assert {"id", "title", "sections", "mistakes", "scenarios"} <= set(SCHEMA["required"])
    assert "cards" not in SCHEMA["required"]
    assert SCHEMA["additionalProperties"] is False
    assert SCHEMA["properties"]["sections"]["minItems"] == 2


def test_every_meaning_reaches_the_schema() -> None:
    parts = {"Guide": SCHEMA, **SCHEMA["$defs"]}
    meanings = field_meanings()
    assert len(meanings) > 20
    for (name, field), meaning in meanings.items():
        assert parts[name]["properties"][field]["description"] == meaning


def test_bounds_are_in_the_schema() -> None:
    seconds = SCHEMA["$defs"]["Scenario"]["properties"]
    assert seconds["answer_seconds"]["exclusiveMinimum"] == 0
    assert seconds["level"]["enum"] == [1, 2, 3]
