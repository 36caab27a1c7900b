from __future__ import annotations

import json

from segments.core.definition import FIELD_TYPES, LIMITS, TIME_FORMATS, json_schema


def test_schema_offers_every_type_format_and_limit() -> None:
    schema = json_schema()
    definition = schema["items"]["properties"]  # type: ignore[index]
    field = definition["fields"]["items"]["properties"]
    assert schema["maxItems"] == LIMITS["definitions"]
    assert field["type"]["enum"] == list(FIELD_TYPES)
    assert field["format"]["enum"] == list(TIME_FORMATS)
    assert definition["fields"]["maxItems"] == LIMITS["fields"]
    assert definition["description"]["maxLength"] == LIMITS["description_characters"]


def test_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()
